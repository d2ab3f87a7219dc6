import { Duration } from 'aws-cdk-lib';
import type { IVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { otherSteps, rolloutSteps, type Step, settleSteps } from '../../rollout/contract.ts';
import { HoldfastLambda } from '../lambda.ts';
import type { EnvironmentProps } from '../stack.ts';
import { bucketName, machineArn } from '../stack-names.ts';
import { allGrants, grantsOf } from './step-grants.ts';

export interface FunctionsProps extends EnvironmentProps {
  /** ARN of the key of the store bucket. */
  keyArn: string;
}

/** Time limit of the services' custom resource, which waits for fleets to end: Lambda's own limit. */
const listenerRulesTimeout = Duration.minutes(15);

/** One Lambda function per step, and the function of the services' custom resource. */
export class Functions extends Construct {
  readonly steps: Readonly<Record<Step, HoldfastLambda>>;
  readonly listenerRules: HoldfastLambda;

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    const { name: environment, assets } = props;
    const grants = allGrants(this, environment, props.environment, props.keyArn);
    const variables = {
      HOLDFAST_ENVIRONMENT: environment,
      HOLDFAST_BUCKET: bucketName(this, environment),
      HOLDFAST_SETTLE_MACHINE: machineArn(this, environment, 'settle'),
    };
    const add = (name: Step | 'listener-rules', description: string, timeout?: Duration) =>
      new HoldfastLambda(this, name, {
        environment,
        name,
        assets,
        description,
        variables,
        grants: grantsOf(name, grants),
        ...(timeout && { timeout }),
      });
    this.steps = Object.fromEntries(
      [...rolloutSteps, ...settleSteps, ...otherSteps].map((step) => [
        step,
        add(step, `Step ${step} of a deployment in ${environment}`),
      ]),
    ) as Record<Step, HoldfastLambda>;
    this.listenerRules = add(
      'listener-rules',
      `Puts the services of ${environment} behind the load balancer, and takes them away`,
      listenerRulesTimeout,
    );
  }

  /** Published version of a step, as a definition calls it. */
  version(step: Step): IVersion {
    return this.steps[step].function.currentVersion as IVersion;
  }

  /** Published versions of several steps. */
  versions<Name extends Step>(...steps: readonly Name[]): Record<Name, IVersion> {
    return Object.fromEntries(steps.map((step) => [step, this.version(step)])) as Record<Name, IVersion>;
  }
}
