import {
  fleetName,
  launchHook,
  logGroupName,
  machineName,
  parameterNames,
  storeKeys,
  tags,
  terminateHook,
} from '../../../lib/config/resource-names.ts';
import { functionName, instanceRolePath, stackNames } from '../../../lib/infra/stack-names.ts';
import { errorNames } from '../../../lib/release/errors.ts';
import { otherSteps, rolloutSteps, settleSteps } from '../../../lib/rollout/contract.ts';
import { pinDescription } from '../../../lib/rollout/decisions/pinned-versions.ts';
import type { TemplateJson } from './example.ts';

const [commit, digest, role, instance] = [
  'c'.repeat(40),
  'd'.repeat(64),
  'AROAEXAMPLE',
  'i-0123456789abcdef0',
];

/** Every name that leaves the process, for one service of one environment. */
export function outwardNames(): Record<string, unknown> {
  return {
    parameters: parameterNames('prod', 'shop'),
    storeKeys: keysOfStore(),
    tags,
    hooks: { launchHook, terminateHook },
    fleet: fleetName('prod', 'shop', 'blue', '1a2b3c4d'),
    instanceLog: logGroupName('prod', 'shop'),
    instanceRolePath: instanceRolePath('prod'),
    pinnedTemplateVersion: pinDescription('d-7'),
    stacks: {
      store: stackNames.store('prod'),
      network: stackNames.network('prod'),
      rollout: stackNames.rollout('prod'),
      image: stackNames.image('prod', 'shop'),
      service: stackNames.service('prod', 'shop'),
    },
    machines: { rollout: machineName('prod', 'rollout'), settle: machineName('prod', 'settle') },
    functions: [...rolloutSteps, ...settleSteps, ...otherSteps].map((step) => functionName('prod', step)),
    errors: errorNames,
  };
}

function keysOfStore(): Record<keyof typeof storeKeys, string> {
  return {
    journal: storeKeys.journal('shop'),
    journals: storeKeys.journals,
    overlays: storeKeys.overlays('shop', 'site'),
    archives: storeKeys.archives('shop'),
    archive: storeKeys.archive('shop', 'site', commit),
    agent: storeKeys.agent(digest),
    node: storeKeys.node(digest),
    reports: storeKeys.reports('shop'),
    report: storeKeys.report('shop', role, instance),
    refresh: storeKeys.refresh('shop', role, instance),
    evidence: storeKeys.evidence('shop', 'd-7'),
  };
}

/** Names of the states of each machine in a template: an execution that is redriven goes on at one of them. */
export function stateNames({ Resources }: TemplateJson): Record<string, string[]> {
  const machines = Object.values(Resources).filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine');
  return Object.fromEntries(
    machines.map(({ Properties }) => [
      String(Properties.StateMachineName),
      statesIn(JSON.parse(textOf(Properties.DefinitionString))).toSorted(),
    ]),
  );
}

/** The text of an `Fn::Join`; what only CloudFormation knows stands for itself. */
function textOf(value: unknown): string {
  const [, parts = []] = (value as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : 'resolved')).join('');
}

function statesIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  const own = 'States' in value && value.States instanceof Object ? Object.keys(value.States) : [];
  return [...own, ...Object.values(value).flatMap(statesIn)];
}
