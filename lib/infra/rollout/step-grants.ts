import type { Construct } from 'constructs';
import type { Environment } from '../../config/schema.ts';
import type { Step } from '../../rollout/contract.ts';
import type { Grant } from '../add-grants.ts';
import { balancerGrants } from './grants/balancer.ts';
import { executionGrants } from './grants/executions.ts';
import { GrantScope } from './grants/grant-scope.ts';
import { groupGrants } from './grants/groups.ts';
import { parameterGrants } from './grants/parameters.ts';
import { secretGrants } from './grants/secrets.ts';
import { stackGrants } from './grants/stacks.ts';
import { storeGrants } from './grants/store.ts';
import { templateGrants } from './grants/templates.ts';

type AllGrants = ReturnType<typeof allGrants>;
type Noun = keyof AllGrants;

/**
 * The nouns that each Lambda works on: those that its code calls, and no more. Every step reads the journal to check
 * its ownership before it changes anything.
 */
const nouns: Readonly<Record<Step | 'listener-rules', readonly Noun[]>> = {
  prepare: [
    'readJournal',
    'writeJournal',
    'readParameters',
    // Whether the record can still be written.
    'readVersions',
    'writeCandidate',
    'readOverlays',
    'readSecrets',
    'readExecutions',
    'startSettle',
    'readGroups',
    // Whether all is as asked.
    'readPolicies',
    'readTemplates',
    'resolveImages',
    'readRules',
    'readTargets',
  ],
  boot: [
    'readJournal',
    'writeJournal',
    'readParameters',
    'readTemplates',
    'resolveImages',
    'pinTemplates',
    'readGroups',
    'makeGroups',
    'setTargetGroups',
    'lookForTargetGroups',
  ],
  'check-health': [
    'readJournal',
    'readParameters',
    'readReports',
    'readGroups',
    'readLaunches',
    'sizeGroups',
    'findInstances',
  ],
  register: ['readJournal', 'writeJournal', 'readParameters', 'readRules', 'shiftTraffic', 'readGroups'],
  'check-in-service': ['readJournal', 'readParameters', 'readTargets', 'readGroups', 'sizeGroups'],
  shift: [
    'readJournal',
    'writeJournal',
    'readParameters',
    'readRules',
    'readTargets',
    'shiftTraffic',
    'readGroups',
    'sizeGroups',
  ],
  record: ['readJournal', 'writeJournal', 'readParameters', 'writeRecord', 'readGroups', 'readRules'],
  restore: [
    'readJournal',
    'writeJournal',
    'readParameters',
    'writeRecord',
    'readRules',
    'readTargets',
    'shiftTraffic',
    'readGroups',
    'sizeGroups',
    'readPolicies',
    'scaleGroups',
    'keepWarmPools',
    // A recorded fleet that someone deleted is recreated.
    'readTemplates',
    'resolveImages',
    'pinTemplates',
    'makeGroups',
    'setTargetGroups',
    'lookForTargetGroups',
  ],
  drain: [
    'readJournal',
    'writeJournal',
    'readParameters',
    'readRules',
    'readTargets',
    'shiftTraffic',
    'drainTargets',
    'readGroups',
    'detachGroups',
  ],
  'check-drained': ['readJournal', 'readParameters', 'readTargets', 'readGroups'],
  terminate: [
    'readJournal',
    'writeJournal',
    'readParameters',
    'readRules',
    'shiftTraffic',
    'readGroups',
    'sizeGroups',
    'endWarmPools',
    'releaseInstances',
    'lookForTargetGroups',
  ],
  'check-terminated': [
    'readJournal',
    'readParameters',
    'readGroups',
    'sizeGroups',
    'endWarmPools',
    'releaseInstances',
    'removeGroups',
    'readTemplates',
    'unpinTemplates',
    'findTargetGroups',
    'removeTargetGroups',
  ],
  close: ['readJournal', 'writeJournal', 'readParameters'],
  'take-over': [
    'readJournal',
    'writeJournal',
    'readExecutions',
    'readParameters',
    // What serves, to be accepted.
    'readGroups',
    'readRules',
    'readTargets',
    // Evidence of a deployment that could keep none.
    'readReports',
    'writeEvidence',
    'findInstances',
    'readConsoles',
    'readLaunches',
  ],
  evidence: [
    'readJournal',
    'readParameters',
    'readReports',
    'writeEvidence',
    'findInstances',
    'readConsoles',
    'readTargets',
    'readGroups',
    'readLaunches',
  ],
  sweep: [
    'readJournal',
    'readParameters',
    'readExecutions',
    'startSettle',
    'readGroups',
    'readPolicies',
    'readRules',
  ],
  'listener-rules': [
    'readJournal',
    'writeJournal',
    'readParameters',
    'readExecutions',
    'findRules',
    'makeRules',
    'findTargetGroups',
    'removeTargetGroups',
    'readGroups',
    'sizeGroups',
    'removeGroups',
    'readStacks',
  ],
};

/** Permissions of a Lambda. */
export function grantsOf(name: Step | 'listener-rules', all: AllGrants): Grant[] {
  return nouns[name].flatMap((noun) => all[noun]);
}

/** Grants of an environment, by noun. */
export function allGrants(scope: Construct, name: string, environment: Environment, keyArn: string) {
  const realm = new GrantScope(scope, name, keyArn);
  const services = Object.values(environment.services);
  const imageParameters = services.flatMap(({ image }) => ('parameter' in image ? [image.parameter] : []));
  return {
    ...storeGrants(realm),
    ...parameterGrants(realm),
    ...executionGrants(realm),
    ...groupGrants(realm),
    ...templateGrants(realm, [...new Set(imageParameters)]),
    ...balancerGrants(realm),
    ...secretGrants(realm, services),
    ...stackGrants(realm),
  };
}
