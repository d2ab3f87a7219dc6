import type { Group } from '../../local-aws/model/auto-scaling/group.ts';
import { AwsError } from '../../local-aws/model/error.ts';
import type { Simulation } from '../simulation.ts';
import { type ChaosAction, choose, interpolate } from './stage.ts';

/**
 * Scaling changes the desired size of a fleet. It shrinks one only when none of its instances is launching or ending.
 */
function scale(simulation: Simulation, fleet: Group | undefined, amount: number): boolean {
  if (!fleet || fleet.deleting) return false;
  const isCalm = [...fleet.members.values()].every(({ state }) => state === 'InService');
  const least = isCalm ? fleet.min : Math.max(fleet.min, fleet.desired);
  simulation.scale(fleet.name, Math.min(fleet.max, interpolate(least, fleet.max, amount)));
  return true;
}

const scaleLive: ChaosAction = ({ simulation }, { amount }) =>
  scale(simulation, simulation.truth.recordedFleet, amount) ? 'live fleet scaled' : undefined;

const scaleCandidate: ChaosAction = ({ simulation }, { amount }) => {
  const { truth } = simulation;
  return scale(simulation, truth.fleet(truth.journal?.candidate?.fleet), amount)
    ? 'candidate scaled'
    : undefined;
};

function members({ truth }: Simulation): string[] {
  return truth.fleets().flatMap((fleet) => [...fleet.members.keys()]);
}

const kill: ChaosAction = ({ simulation }, { pick }) => {
  const running = members(simulation).filter(
    (id) => simulation.world.ec2.instances.get(id).state === 'running',
  );
  const id = choose(running, pick);
  if (id) simulation.kill(id);
  return id && 'instance killed';
};

const silence: ChaosAction = ({ simulation }, { pick, amount }) => {
  const id = choose(
    members(simulation).filter((each) => simulation.hosts.serving(each)),
    pick,
  );
  if (id) simulation.silence(id, interpolate(1_000, 120_000, amount));
  return id && 'instance silenced';
};

/** Somebody deletes a whole fleet. */
const wipe: ChaosAction = ({ simulation }, { pick }) => {
  const fleet = choose(simulation.truth.fleets(), pick);
  if (!fleet || fleet.deleting) return undefined;
  for (const id of fleet.members.keys()) simulation.kill(id);
  simulation.world.autoScaling.deleteAutoScalingGroup({
    AutoScalingGroupName: fleet.name,
    ForceDelete: true,
  });
  return 'fleet deleted';
};

/** A zone has no capacity for a while. */
const refuseLaunches: ChaosAction = ({ simulation: { world, time } }, { amount }) => {
  const { instances } = world.ec2;
  instances.failing = () => ({
    refused: new AwsError('InsufficientInstanceCapacity', 'We currently do not have sufficient capacity.'),
  });
  time.after(interpolate(1_000, 120_000, amount), () => {
    instances.failing = undefined;
  });
  return 'launches refused';
};

/** Acts on fleets and their instances. */
export const fleets = {
  'scale live': scaleLive,
  'scale candidate': scaleCandidate,
  kill,
  silence,
  wipe,
  'refuse launches': refuseLaunches,
} satisfies Record<string, ChaosAction>;
