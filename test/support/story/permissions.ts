import type { StackStatus } from '@aws-sdk/client-cloudformation';
import { parameterNames, storeKeys, tags } from '../../../lib/config/resource-names.ts';
import type { Settings } from '../../../lib/config/settings.ts';
import { listenerRules } from '../../../lib/custom-resource/listener-rules.ts';
import { stackNames } from '../../../lib/infra/stack-names.ts';
import type { Stack } from '../../../lib/local-aws/model/cloudformation/cloudformation.ts';
import { adapters } from '../../../lib/simulation/adapters.ts';
import { direct } from '../../../lib/simulation/direct-clients.ts';
import type { Simulation } from '../../../lib/simulation/simulation.ts';

/** A new version of the settings, as an update of the service's stack makes it. */
export function update({ world, truth }: Simulation, change: (settings: Settings) => Settings): void {
  const { environment, service, settings } = truth;
  world.ssm.putParameter({
    Name: parameterNames(environment, service).settings,
    Value: JSON.stringify(change(settings)),
    Overwrite: true,
  });
}

/** A record as somebody writes it by hand: without what only the workflow knows. */
export function recordByHand({ world, truth }: Simulation): void {
  const { colour: _, ...record } = truth.deployed?.record ?? {};
  world.ssm.putParameter({
    Name: parameterNames(truth.environment, truth.service).deployed,
    Value: JSON.stringify(record),
    Overwrite: true,
  });
}

/** An overlay of a commit, stored without a checksum. */
export function putOverlay({ world, truth }: Simulation, commit: string): void {
  const Key = `${storeKeys.overlays(truth.service, 'site')}${commit}.tar.zst`;
  world.s3.putObject({ Bucket: truth.settings.bucket, Key, Body: 'overlay' });
}

/** A target group of the service besides those that its settings name. */
export function newTargetGroup({ world, truth }: Simulation, name: string): string {
  const labels = { [tags.environment]: truth.environment, [tags.service]: truth.service };
  const { TargetGroups } = world.elb.createTargetGroup({
    Name: name,
    Port: 8080,
    Protocol: 'HTTP',
    Tags: Object.entries(labels).map(([Key, Value]) => ({ Key, Value })),
  });
  return TargetGroups?.[0]?.TargetGroupArn ?? '';
}

/** The custom resource of the service as CloudFormation calls it, under the role of its function. */
export function resource(simulation: Simulation) {
  const { world, truth, git, time } = simulation;
  const { environment, service, settings } = truth;
  const { rule = '', testRule = '', targetGroups } = settings.balancer ?? {};
  const name = `holdfast-${environment}-listener-rules`;
  const clients = direct.connect(world, { name, attempts: 1, through: (request) => request() });
  const handle = listenerRules(
    adapters(clients, {
      environment,
      bucket: settings.bucket,
      settleMachine: '',
      refs: git,
      now: () => time.now(),
      sleep: (milliseconds) => time.sleep(milliseconds),
    }),
  );
  const properties = {
    Environment: environment,
    Service: service,
    Listener: world.elb.rules.find(rule).listener,
    TestListener: world.elb.rules.find(testRule).listener,
    Priority: '101',
    Hosts: ['other.example.com'],
    Blue: targetGroups?.blue,
    Green: targetGroups?.green,
  };
  return (type: 'Create' | 'Update' | 'Delete', changes: Record<string, string> = {}) => {
    const wanted = { ...properties, ...changes };
    if (type !== 'Delete') return time.until(handle({ type, properties: wanted, old: properties }));
    const [logicalId, { physicalId: id }] = rulesIn(serviceStack(simulation));
    const { id: stack } = serviceStack(simulation);
    return time.until(handle({ type, properties: wanted, stack, logicalId, id }));
  };
}

/** The stack of the service comes to a status, as CloudFormation works on it. */
export function stackIs(simulation: Simulation, status: StackStatus): void {
  serviceStack(simulation).status = status;
}

/** The stack that holds the service. */
export function serviceStack({ world, truth }: Simulation): Stack {
  const found = world.cloudFormation.find(stackNames.service(truth.environment, truth.service));
  if (found) return found;
  throw new Error('the simulation has no stack of the service');
}

/** The custom resource in the service's stack. */
export function rulesIn({ resources }: Stack): [logicalId: string, { physicalId: string }] {
  const found = [...resources].find(([, { type }]) => type === 'Custom::HoldfastListenerRules');
  if (found) return found;
  throw new Error('the stack has no listener rules');
}
