import { readLimit } from '../../lib/local-aws/model/ssm/read-limit.ts';
import { deployed, instances, served, simulate } from '../support/story/simulate.ts';

const launches = 50;
const perSecond = 2;

test('many launches at once under the limit of reads: each waits its turn, none is lost', async () => {
  const capacity = { min: 1, max: launches };
  await simulate({ settings: (given) => ({ ...given, capacity }) }, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.world.faults.add(readLimit(perSecond, simulation.world.clock));
    const [fleet] = simulation.truth.fleets();
    simulation.scale(fleet?.name ?? '', launches);
    const launched = instances(simulation, 'blue');
    await simulation.rest();
    expect(instances(simulation, 'blue')).toEqual(launched);
    expect(served(simulation)).toEqual(Array.from({ length: launches }, () => v1));
  });
});

test('a launch reads Parameter Store once, also one of a candidate', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const reads = new Map<string, number>();
    const seen = simulation.world.faults.seen;
    simulation.world.faults.seen = (call, fault) => {
      seen?.(call, fault);
      const { service, caller = '' } = call;
      if (service === 'ssm') reads.set(caller, (reads.get(caller) ?? 0) + 1);
    };
    await deployed(simulation);
    const ofInstances = [...reads].filter(([caller]) => caller.startsWith('i-')).map(([, count]) => count);
    expect(ofInstances).toEqual([1, 1]);
  });
});
