import type { Deployer } from './deploy.ts';
import { fleetsOf } from './fleets.ts';
import { until } from './until.ts';

/**
 * Adds one instance to the live fleet, as a scaling policy does, and waits until it is in service and gets requests.
 */
export async function scaleOut({
  environment,
  signal,
}: Pick<Deployer, 'environment' | 'signal'>): Promise<void> {
  const { world, settings } = environment;
  const live = fleetsOf(environment).find(({ isRecorded }) => isRecorded);
  if (!live) throw new Error('scale-out: found no live fleet');
  const wanted = live.desired + 1;
  world.autoScaling.setDesiredCapacity({ AutoScalingGroupName: live.group, DesiredCapacity: wanted });
  const look = () => {
    const now = fleetsOf(environment).find(({ group }) => group === live.group);
    return now && now.inService.length >= wanted && healthyTargets(environment, live.colour) >= wanted
      ? now
      : undefined;
  };
  await until(look, { what: 'the new instance in service', seconds: settings.rollout.readySeconds, signal });
}

function healthyTargets({ world, settings }: Deployer['environment'], colour: 'blue' | 'green'): number {
  const TargetGroupArn = settings.balancer?.targetGroups[colour];
  const { TargetHealthDescriptions: targets = [] } = world.elb.describeTargetHealth({ TargetGroupArn });
  return targets.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
}
