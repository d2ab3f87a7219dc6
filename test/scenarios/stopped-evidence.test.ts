import { storeKeys } from '../../lib/config/resource-names.ts';
import { deployed, simulate } from '../support/story/simulate.ts';

test('a deployment that is stopped while it boots leaves evidence, of its own instances alone', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'boot');
    await simulation.time.advance(5_000);
    const { candidate } = simulation.truth.journal ?? {};
    const ids = [...(simulation.truth.fleet(candidate?.fleet)?.members.keys() ?? [])];
    simulation.abort(second);
    await simulation.rest();
    const { settings, service } = simulation.truth;
    const Key = storeKeys.evidence(service, 'd-2');
    const { Body } = simulation.world.s3.getObject({ Bucket: settings.bucket, Key });
    const evidence = JSON.parse(Buffer.from(Body).toString());
    expect(evidence).toMatchObject({
      deployment: 'd-2',
      failure: { Cause: expect.stringMatching(/d-2 ended without settling \(ABORTED\)/) },
      group: { name: candidate?.fleet },
    });
    expect(evidence.instances.map(({ id }: { id: string }) => id).toSorted()).toEqual(ids.toSorted());
  });
});
