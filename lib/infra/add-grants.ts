import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import { HoldfastError } from '../release/errors.ts';
import { suppressFinding } from './suppress-finding.ts';

/** Permissions of a role. */
export interface Grant {
  actions: string[];
  resources: string[];
  conditions?: Record<string, Record<string, string | string[]>>;
  /** Needed for a wildcard resource: why no exact name will do. */
  because?: string;
}

/** Adds grants to a role. Wildcard resources go into the validation report with their reason. */
export function addGrants(role: Role, grants: Grant[]): void {
  for (const { because, ...statement } of grants) {
    role.addToPolicy(new PolicyStatement(statement));
    for (const pattern of wildcardsOf(role, statement.resources))
      suppressFinding(role, `AwsSolutions-IAM5[Resource::${pattern}]`, reasonFor(pattern, because));
  }
}

function wildcardsOf(role: Role, resources: string[]): string[] {
  return resources
    .map((resource) => flattenCfnReference(Stack.of(role).resolve(resource)))
    .filter((resource) => resource.includes('*'));
}

function reasonFor(pattern: string, because: string | undefined): string {
  if (because) return because;
  throw new HoldfastError(
    'InvalidInput',
    `a grant on ${pattern} gives no reason; say why no exact name will do, or name the resource`,
  );
}
