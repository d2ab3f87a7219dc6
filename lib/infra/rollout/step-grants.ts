import type { Construct } from 'constructs';
import type { Environment } from '../../config/schema.ts';
import type { Step } from '../../rollout/contract.ts';
import type { Grant } from '../permit.ts';
import { balancerGrants } from './grants/balancer.ts';
import { executionGrants } from './grants/executions.ts';
import { groupGrants } from './grants/groups.ts';
import { parameterGrants } from './grants/parameters.ts';
import { Realm } from './grants/realm.ts';
import { secretGrants } from './grants/secrets.ts';
import { storeGrants } from './grants/store.ts';
import { templateGrants } from './grants/templates.ts';

type AllGrants = ReturnType<typeof allGrants>;
type Noun = keyof AllGrants;

/** What each Lambda works on. `journal` is every step's: it checks that it still owns it before it changes anything. */
const nouns: Readonly<Record<Step | 'listener-rules', readonly Noun[]>> = {
  prepare: [
    'journal',
    'readParameters',
    'writeCandidate',
    'readOverlays',
    'readSecrets',
    'readExecutions',
    'startSettle',
    'readGroups',
  ],
  boot: [
    'journal',
    'readParameters',
    'readTemplates',
    'pinTemplates',
    'readGroups',
    'makeGroups',
    'readBalancer',
    'setTargetGroups',
  ],
  'check-health': ['journal', 'readParameters', 'readReports', 'readGroups', 'sizeGroups', 'readInstances'],
  register: ['journal', 'readParameters', 'readBalancer', 'shiftTraffic', 'readGroups'],
  'check-in-service': ['journal', 'readParameters', 'readBalancer', 'readGroups', 'sizeGroups'],
  shift: ['journal', 'readParameters', 'readBalancer', 'shiftTraffic', 'readGroups', 'sizeGroups'],
  record: ['journal', 'readParameters', 'writeRecord', 'readGroups', 'readBalancer'],
  restore: [
    'journal',
    'readParameters',
    'writeRecord',
    'readBalancer',
    'shiftTraffic',
    'readGroups',
    'sizeGroups',
    // A recorded fleet that someone deleted is made again.
    'readTemplates',
    'pinTemplates',
    'makeGroups',
    'setTargetGroups',
  ],
  drain: [
    'journal',
    'readParameters',
    'readBalancer',
    'shiftTraffic',
    'setTargetGroups',
    'endTargets',
    'readGroups',
    'endGroups',
  ],
  'check-drained': ['journal', 'readParameters', 'readBalancer', 'readGroups'],
  terminate: ['journal', 'readParameters', 'readBalancer', 'shiftTraffic', 'readGroups', 'endGroups'],
  'check-terminated': [
    'journal',
    'readParameters',
    'readGroups',
    'endGroups',
    'readTemplates',
    'unpinTemplates',
    'readBalancer',
    'endTargets',
  ],
  close: ['journal'],
  'take-over': ['journal', 'readExecutions', 'readParameters'],
  evidence: [
    'journal',
    'readParameters',
    'readReports',
    'writeEvidence',
    'readInstances',
    'readBalancer',
    'readGroups',
  ],
  sweep: ['journal', 'readParameters', 'readExecutions', 'startSettle', 'readGroups'],
  'listener-rules': [
    'journal',
    'readParameters',
    'readExecutions',
    'readBalancer',
    'makeRules',
    'endTargets',
    'readGroups',
    'endGroups',
  ],
};

/** What a Lambda may do. */
export function grantsOf(name: Step | 'listener-rules', all: AllGrants): Grant[] {
  return nouns[name].flatMap((noun) => all[noun]);
}

/** Grants of an environment, by noun. */
export function allGrants(scope: Construct, name: string, environment: Environment, keyArn: string) {
  const realm = new Realm(scope, name, keyArn);
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
  };
}
