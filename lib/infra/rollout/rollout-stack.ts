import type { App } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { rolloutSteps, settleSteps } from '../../rollout/contract.ts';
import type { NetworkStack } from '../network/network-stack.ts';
import { type EnvironmentProps, EnvironmentStack } from '../stack.ts';
import { stackNames } from '../stack-names.ts';
import type { StoreStack } from '../store/store-stack.ts';
import { RolloutAlarms } from './alarms.ts';
import { rolloutDefinition } from './definition/rollout.ts';
import { settleDefinition } from './definition/settle-machine.ts';
import { Functions } from './functions.ts';
import { Machine } from './machine.ts';
import { Notifications } from './notifications.ts';
import { SweepEvents } from './sweep-events.ts';

export interface RolloutStackProps extends EnvironmentProps {
  store: StoreStack;
  network: NetworkStack;
}

const rolloutCalls = [...rolloutSteps, ...settleSteps, 'evidence'] as const;
const settleCalls = ['take-over', ...settleSteps, 'evidence'] as const;

/** The workflow: its machines and steps, and everything that starts, watches and reports them. */
export class RolloutStack extends EnvironmentStack {
  readonly topic: ITopic;
  /** Function of the services' custom resource. */
  readonly listenerRulesArn: string;

  constructor(app: App, props: RolloutStackProps) {
    const { name, environment, store, network } = props;
    super(app, stackNames.rollout(name), `Holdfast ${name}: workflow`, props);
    const functions = new Functions(this, 'functions', { ...props, keyArn: store.key.keyArn });
    const { rollout, settle } = this.machines(name, functions);
    const sweep = functions.steps.sweep.function;
    new SweepEvents(this, 'events', { environment: name, sweep, machines: [rollout, settle] });
    this.topic = new Notifications(this, 'alarms-topic', {
      environment: name,
      key: store.key,
      emails: environment.notify,
      takesEvents: Object.values(environment.services).some(({ imageBuild }) => imageBuild),
    });
    new RolloutAlarms(this, 'alarms', {
      environment: name,
      rollout,
      settle,
      sweep,
      topic: this.topic,
      loadBalancer: network.balancer.loadBalancer.loadBalancerFullName,
    });
    this.listenerRulesArn = functions.listenerRules.function.functionArn;
  }

  private machines(environment: string, functions: Functions) {
    const rollout = new Machine(this, 'rollout', {
      environment,
      machine: 'rollout',
      steps: rolloutCalls,
      definition: (scope) => rolloutDefinition(scope, functions.versions(...rolloutCalls)),
    });
    const settle = new Machine(this, 'settle', {
      environment,
      machine: 'settle',
      steps: settleCalls,
      definition: (scope) => settleDefinition(scope, functions.versions(...settleCalls)),
    });
    return { rollout: rollout.machine, settle: settle.machine };
  }
}
