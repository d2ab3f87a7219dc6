import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import { HoldfastError } from '../release/errors.ts';
import { acknowledge } from './suppress-finding.ts';

/** What a role may do. */
export interface Grant {
  actions: string[];
  resources: string[];
  conditions?: Record<string, Record<string, string | string[]>>;
  /** Needed when a resource is a pattern: why no exact name will do. */
  because?: string;
}

/** Adds grants to a role. A pattern among the resources goes with its reason into the validation report. */
export function permit(role: Role, grants: Grant[]): void {
  for (const { because, ...statement } of grants) {
    role.addToPolicy(new PolicyStatement(statement));
    for (const pattern of patterns(role, statement.resources))
      acknowledge(role, `AwsSolutions-IAM5[Resource::${pattern}]`, reason(pattern, because));
  }
}

function patterns(role: Role, resources: string[]): string[] {
  return resources
    .map((resource) => flattenCfnReference(Stack.of(role).resolve(resource)))
    .filter((resource) => resource.includes('*'));
}

function reason(pattern: string, because: string | undefined): string {
  if (because) return because;
  throw new HoldfastError(
    'InvalidInput',
    `a grant on ${pattern} gives no reason; say why no exact name will do, or name the resource`,
  );
}
