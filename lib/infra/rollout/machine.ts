import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, type IChainable, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type Machine as MachineName, machineName } from '../../config/resource-names.ts';
import type { Step } from '../../rollout/contract.ts';
import { machineTimeoutHours } from '../../rollout/timing.ts';
import { addGrants, type Grant } from '../add-grants.ts';
import { arn, functionName } from '../stack-names.ts';

export interface MachineProps {
  environment: string;
  machine: MachineName;
  /** Steps that the definition calls. */
  steps: readonly Step[];
  /** Creates the states in their own scope. */
  definition: (scope: Construct) => IChainable;
}

/** A state machine that may call every version of its steps: a running execution calls those it began with. */
export class Machine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, props: MachineProps) {
    super(scope, id);
    const { environment, machine, definition } = props;
    const name = machineName(environment, machine);
    const role = new Role(this, 'role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    addGrants(role, machineGrants(this, props));
    this.machine = new StateMachine(this, 'machine', {
      stateMachineName: name,
      definitionBody: DefinitionBody.fromChainable(definition(new Construct(this, 'states'))),
      // The CDK's policies would name this definition's versions only, and so take away those of running executions.
      role: role.withoutPolicyUpdates(),
      timeout: Duration.hours(machineTimeoutHours),
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'log', {
          // Under any other name, Step Functions adds each log group to one policy of limited length.
          logGroupName: `/aws/vendedlogs/states/${name}`,
          retention: RetentionDays.SIX_MONTHS,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: true,
      },
    });
    this.machine.node.addDependency(role);
  }
}

function machineGrants(scope: Construct, { environment, steps }: MachineProps): Grant[] {
  return [
    {
      actions: ['lambda:InvokeFunction'],
      resources: steps.map((step) => arn(scope, 'lambda', `function:${functionName(environment, step)}:*`)),
      because: 'a running execution calls the versions it began with, a new one the newest',
    },
    {
      actions: [
        'logs:CreateLogDelivery',
        'logs:GetLogDelivery',
        'logs:UpdateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:DescribeResourcePolicies',
        'logs:DescribeLogGroups',
        'xray:PutTraceSegments',
        'xray:PutTelemetryRecords',
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
      ],
      resources: ['*'],
      because: 'AWS knows no resources for the delivery of logs and traces',
    },
  ];
}
