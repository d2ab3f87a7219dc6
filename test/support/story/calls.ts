import type { Step } from '../../../lib/rollout/contract.ts';

/** What each step calls in a good deployment of a service behind the load balancer. A test holds it against one. */
export const goodCalls = {
  prepare: ['GetObject', 'GetParameter', 'ListObjectsV2', 'PutObject', 'PutParameter'],
  boot: [
    'CreateAutoScalingGroup',
    'CreateLaunchTemplateVersion',
    'DescribeAutoScalingGroups',
    'DescribeLaunchTemplateVersions',
    'GetObject',
    'GetParameter',
    'ModifyTargetGroup',
    'ModifyTargetGroupAttributes',
    'PutObject',
  ],
  'check-health': ['DescribeAutoScalingGroups', 'DescribeInstances', 'GetObject', 'GetParameter'],
  register: [
    'DescribeAutoScalingGroups',
    'DescribeRules',
    'GetObject',
    'GetParameter',
    'ModifyRule',
    'PutObject',
  ],
  'check-in-service': ['DescribeAutoScalingGroups', 'DescribeTargetHealth', 'GetObject', 'GetParameter'],
  shift: [
    'DescribeAutoScalingGroups',
    'DescribeRules',
    'DescribeTargetHealth',
    'GetObject',
    'GetParameter',
    'ModifyRule',
    'PutObject',
  ],
  record: [
    'DescribeAutoScalingGroups',
    'DescribeRules',
    'GetObject',
    'GetParameter',
    'PutObject',
    'PutParameter',
  ],
  restore: [
    'DescribeAutoScalingGroups',
    'DescribePolicies',
    'DescribeRules',
    'DescribeTargetHealth',
    'GetObject',
    'GetParameter',
    'PutObject',
    'PutScalingPolicy',
  ],
  drain: [
    'DescribeAutoScalingGroups',
    'DescribeRules',
    'DescribeTargetHealth',
    'DetachLoadBalancerTargetGroups',
    'GetObject',
    'GetParameter',
    'ModifyRule',
    'PutObject',
  ],
  'check-drained': ['DescribeAutoScalingGroups', 'DescribeTargetHealth', 'GetObject', 'GetParameter'],
  terminate: [
    'DescribeAutoScalingGroups',
    'DescribeRules',
    'DescribeTargetGroups',
    'GetObject',
    'GetParameter',
    'PutObject',
    'UpdateAutoScalingGroup',
  ],
  'check-terminated': [
    'CompleteLifecycleAction',
    'DeleteAutoScalingGroup',
    'DeleteLaunchTemplateVersions',
    'DescribeAutoScalingGroups',
    'DescribeLaunchTemplateVersions',
    'DescribeTags',
    'DescribeTargetGroups',
    'GetObject',
    'GetParameter',
  ],
  close: ['GetObject', 'GetParameter', 'PutObject'],
} as const satisfies Partial<Record<Step, readonly string[]>>;

/** What explains a wait, and may fail without harm. */
export const explainingCalls = {
  'check-health': ['DescribeScalingActivities'],
} as const satisfies Partial<Record<Step, readonly string[]>>;

/** What the steps around a deployment call when it fails or is stopped. */
export const otherCalls = {
  evidence: [
    'DescribeAutoScalingGroups',
    'DescribeInstances',
    'DescribeScalingActivities',
    'DescribeTargetHealth',
    'GetConsoleOutput',
    'GetObject',
    'GetParameter',
    'PutObject',
  ],
  'take-over': ['DescribeExecution', 'GetObject', 'PutObject'],
  sweep: ['DescribeExecution', 'GetObject', 'ListObjectsV2', 'StartExecution'],
} as const satisfies Partial<Record<Step, readonly string[]>>;

/** What they call besides, which nothing waits for: to explain what ended, to look at what rests. */
export const besides = {
  'take-over': [
    'DescribeAutoScalingGroups',
    'DescribeInstances',
    'DescribeScalingActivities',
    'DescribeTargetHealth',
    'GetConsoleOutput',
    'GetParameter',
  ],
  sweep: ['GetParameter'],
} as const satisfies Partial<Record<Step, readonly string[]>>;

/** Every pair of a step and an operation that it calls. */
export function pairs(table: Partial<Record<Step, readonly string[]>>): [step: Step, operation: string][] {
  return Object.entries(table).flatMap(([step, operations]) =>
    operations.map((operation): [Step, string] => [step as Step, operation]),
  );
}

/** What each step writes in a good deployment, in order. A test holds it against one. */
export const goodWrites = {
  prepare: ['PutObject', 'PutObject', 'PutParameter', 'PutObject'],
  boot: [
    'PutObject',
    'ModifyTargetGroup',
    'ModifyTargetGroupAttributes',
    'CreateLaunchTemplateVersion',
    'CreateAutoScalingGroup',
  ],
  register: ['PutObject', 'ModifyRule', 'ModifyRule'],
  shift: ['PutObject', 'ModifyRule'],
  record: ['PutObject', 'PutParameter', 'PutObject'],
  restore: ['PutObject', 'PutScalingPolicy'],
  drain: ['PutObject', 'ModifyRule', 'ModifyRule', 'DetachLoadBalancerTargetGroups'],
  terminate: ['PutObject', 'UpdateAutoScalingGroup'],
  'check-terminated': [
    'CompleteLifecycleAction',
    'CompleteLifecycleAction',
    'DeleteAutoScalingGroup',
    'DeleteLaunchTemplateVersions',
  ],
  close: ['PutObject'],
} as const satisfies Partial<Record<Step, readonly string[]>>;
