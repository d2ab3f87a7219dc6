import type { Construct } from 'constructs';
import { tags } from '../../../config/resource-names.ts';
import type { Grant } from '../../add-grants.ts';
import { arn, bucketArn } from '../../stack-names.ts';

/** Grants by noun. */
export type Grants<Noun extends string> = Readonly<Record<Noun, Grant[]>>;

/** Reasons for wildcard resources. */
export const because = {
  noNames: 'AWS knows no resources for these verbs',
  laterMade: 'what deployments make has names of its own',
  allServices: 'one workflow serves every service of the environment',
} as const;

/** The environment that grants are limited to. */
export class GrantScope {
  readonly scope: Construct;
  readonly environment: string;
  /** ARN of the key of the store bucket. */
  readonly keyArn: string;

  constructor(scope: Construct, environment: string, keyArn: string) {
    this.scope = scope;
    this.environment = environment;
    this.keyArn = keyArn;
  }

  /** ARN in the account and region. */
  arn(service: string, resource: string): string {
    return arn(this.scope, service, resource);
  }

  /** ARN of objects in the store bucket; without a key, of the bucket itself. */
  store(key?: string): string {
    return bucketArn(this.scope, this.environment, key);
  }

  /** ARN of a parameter of every service. */
  parameter(name: string): string {
    return this.arn('ssm', `parameter/holdfast/${this.environment}/*/${name}`);
  }

  /** Condition: the resource carries the environment's tag. */
  get tagged(): NonNullable<Grant['conditions']> {
    return { StringEquals: { [`aws:ResourceTag/${tags.environment}`]: this.environment } };
  }

  /** Condition: the request tags the new resource with the environment. */
  get tagging(): NonNullable<Grant['conditions']> {
    return { StringEquals: { [`aws:RequestTag/${tags.environment}`]: this.environment } };
  }
}
