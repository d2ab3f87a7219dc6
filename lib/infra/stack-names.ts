import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type Machine, machineName } from '../config/resource-names.ts';
import type { Step } from '../rollout/contract.ts';

/** Names that one stack defines and another uses. They are stable, so the stacks need no references to each other. */
export const stackNames = {
  store: (environment: string) => `holdfast-${environment}-store`,
  network: (environment: string) => `holdfast-${environment}-network`,
  rollout: (environment: string) => `holdfast-${environment}-rollout`,
  image: (environment: string, service: string) => `holdfast-${environment}-image-${service}`,
  service: (environment: string, service: string) => `holdfast-${environment}-service-${service}`,
} as const;

/** Name of the store bucket. Bucket names are global; the account makes it unique. */
export function bucketName(scope: Construct, environment: string): string {
  return `holdfast-${environment}-${Stack.of(scope).account}`;
}

/** ARN of the store bucket, or of the objects below a key pattern. */
export function bucketArn(scope: Construct, environment: string, key?: string): string {
  const bucket = `arn:${Stack.of(scope).partition}:s3:::${bucketName(scope, environment)}`;
  return key === undefined ? bucket : `${bucket}/${key}`;
}

/** Name of the Lambda function of a step or custom resource. */
export function functionName(environment: string, name: Step | string): string {
  return `holdfast-${environment}-${name}`;
}

/** ARN of a state machine by name, so that the functions it calls may know it without a circular reference. */
export function machineArn(scope: Construct, environment: string, machine: Machine): string {
  return arn(scope, 'states', `stateMachine:${machineName(environment, machine)}`);
}

/** Path of the instances' roles, so that one policy can name them all. */
export function instanceRolePath(environment: string): string {
  return `/holdfast/${environment}/instances/`;
}

/** ARN in the account and region of the stack; IAM has no regions. */
export function arn(scope: Construct, service: string, resource: string): string {
  const { partition, region, account } = Stack.of(scope);
  return `arn:${partition}:${service}:${service === 'iam' ? '' : region}:${account}:${resource}`;
}
