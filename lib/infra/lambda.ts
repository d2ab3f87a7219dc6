import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { lambdaSeconds } from '../rollout/timing.ts';
import { addGrants, type Grant } from './add-grants.ts';
import type { Assets } from './assets.ts';
import { functionName } from './stack-names.ts';

export interface HoldfastLambdaProps {
  /** Environment of Holdfast. */
  environment: string;
  /** Name of lambda/<name>.ts. */
  name: string;
  assets: Assets;
  description: string;
  /** Permissions besides writing its log. */
  grants: Grant[];
  /** Environment variables. */
  variables: Record<string, string>;
  /** Time limit of one call. Default: that of a step. */
  timeout?: Duration;
  /** Memory, which determines the share of a processor. Default: 512 MB. */
  memoryMegabytes?: number;
}

/** A Lambda from dist/lambda with its own role, a log with a retention time, and retained versions. */
export class HoldfastLambda extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: HoldfastLambdaProps) {
    const { environment, name, timeout = Duration.seconds(lambdaSeconds), memoryMegabytes = 512 } = props;
    super(scope, id);
    const logGroup = new LogGroup(this, 'log', {
      logGroupName: `/holdfast/${environment}/${name}`,
      retention: RetentionDays.SIX_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = new LambdaFunction(this, 'function', {
      functionName: functionName(environment, name),
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(props.assets.lambda(name)),
      handler: 'index.handler',
      role: this.role(logGroup, props.grants),
      environment: { ...props.variables, NODE_OPTIONS: '--enable-source-maps' },
      logGroup,
      timeout,
      memorySize: memoryMegabytes,
      // A running deployment calls the versions that its definition names, so an update adds one and removes none.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
  }

  private role(logGroup: LogGroup, grants: Grant[]): Role {
    const role = new Role(this, 'role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    addGrants(role, grants);
    return role;
  }
}
