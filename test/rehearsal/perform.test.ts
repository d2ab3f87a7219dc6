import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parameterNames, storeKeys } from '../../lib/config/resource-names.ts';
import { deploy } from '../../lib/rehearsal/deploy.ts';
import type { LocalEnvironment } from '../../lib/rehearsal/environment.ts';
import { type Performance, perform } from '../../lib/rehearsal/perform.ts';
import type { Plan } from '../../lib/rehearsal/plan.ts';
import type { DeploymentReport } from '../../lib/rehearsal/report.ts';
import { rolloutSteps, settleSteps } from '../../lib/rollout/contract.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { deployed, quick, simulate } from '../support/story/simulate.ts';

jest.mock('../../lib/rehearsal/deploy.ts');

/** What a deployment left, as the verdicts look at it. */
interface Left {
  environment: LocalEnvironment;
  commit: string;
}

/** A deployment in virtual time, with its instances on a server of this test. */
async function deployment(port: number): Promise<Left> {
  let left: Left | undefined;
  await simulate(quick, async (simulation) => {
    const commit = await deployed(simulation);
    await simulation.rest();
    left = { environment: environmentOf(simulation, port), commit };
  });
  if (!left) throw new Error('found no deployment, expected one');
  return left;
}

function environmentOf({ world, truth }: Simulation, port: number): LocalEnvironment {
  const { settings, environment: name, service } = truth;
  const hosts = { address: () => '127.0.0.1' };
  const deliveries = { problems: [], count: 0 };
  return {
    name,
    service,
    world,
    settings: { ...settings, port },
    hosts,
    deliveries,
  } as unknown as LocalEnvironment;
}

describe('a rehearsal', () => {
  let server: Server;
  let left: Left;
  let page: { status: number; body: string };
  let load: { counts: { total: number; failed: number }; failures: string[]; stop: () => Promise<void> };
  let steps: readonly string[];

  beforeEach(async () => {
    page = { status: 200, body: 'right' };
    load = { counts: { total: 10, failed: 0 }, failures: [], stop: async () => undefined };
    steps = [...rolloutSteps, ...settleSteps];
    server = createServer((_, response) => response.writeHead(page.status).end(page.body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    left = await deployment((server.address() as AddressInfo).port);
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  /** What it finds wrong after one deployment that went as asked. */
  async function problems(): Promise<string[]> {
    const { commit, environment } = left;
    const report: DeploymentReport = {
      commit,
      result: 'deployed',
      steps: steps.map((name) => ({ name, seconds: 1 })),
      requests: load.counts,
    };
    jest.mocked(deploy).mockResolvedValue(report);
    const plan: Partial<Plan> = {
      acts: [{ kind: 'deploy', commit, expected: { result: 'deployed' } }],
      healthPath: '/health',
      nameOf: () => 'v1',
      isPageOf: (_, body) => body === 'right',
    };
    const performance = { plan, environment, load, timeline: { say: () => undefined } };
    return (await perform(performance as unknown as Performance)).problems;
  }

  const put = (name: string, value: object) =>
    left.environment.world.ssm.putParameter({
      Name: name,
      Value: JSON.stringify(value),
      Type: 'String',
      Overwrite: true,
    });
  const object = (key: string) => {
    const { world, settings } = left.environment;
    const stored = { Bucket: settings.bucket, Key: key };
    return {
      read: () => JSON.parse(Buffer.from(world.s3.getObject(stored).Body).toString()),
      write: (value: object) => world.s3.putObject({ ...stored, Body: Buffer.from(JSON.stringify(value)) }),
    };
  };
  const recordName = () => parameterNames(left.environment.name, left.environment.service).deployed;
  const recorded = () =>
    JSON.parse(left.environment.world.ssm.getParameter({ Name: recordName() }).Parameter?.Value ?? '');

  it('finds nothing wrong with a deployment that left all as it should be', async () => {
    expect(await problems()).toEqual([]);
  });

  it('fails for a request that failed', async () => {
    Object.assign(load, { counts: { total: 10, failed: 2 }, failures: ['2 x status 502'] });
    expect(await problems()).toEqual(['2 failed requests: 2 x status 502']);
  });

  it('fails when the workflow stepped over a state', async () => {
    steps = steps.filter((name) => name !== 'drain');
    expect(await problems()).toEqual(['v1: the workflow did not take the steps drain']);
  });

  it('fails when something else is recorded', async () => {
    const record = recorded();
    const other = 'd'.repeat(40);
    put(recordName(), { ...record, release: { site: { ...record.release.site, commit: other } } });
    expect(await problems()).toEqual([`the record names ${other}, expected ${left.commit}`]);
  });

  it('fails when another fleet is recorded', async () => {
    put(recordName(), { ...recorded(), fleet: 'other' });
    expect(await problems()).toEqual([expect.stringMatching(/^fleet \S+ is not the recorded one$/)]);
  });

  it('fails when not all of the traffic is on the fleet', async () => {
    const { world, settings } = left.environment;
    const { rule = '', targetGroups = { blue: '', green: '' } } = settings.balancer ?? {};
    const TargetGroups = Object.values(targetGroups).map((TargetGroupArn) => ({ TargetGroupArn, Weight: 1 }));
    world.elb.modifyRule({ RuleArn: rule, Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] });
    expect(await problems()).toEqual([expect.stringMatching(/has 50 % of the traffic, expected all$/)]);
  });

  it('fails when an instance is not in service', async () => {
    const { world } = left.environment;
    const [group] = world.autoScaling.describeAutoScalingGroups({}).AutoScalingGroups ?? [];
    world.autoScaling.setDesiredCapacity({
      AutoScalingGroupName: group?.AutoScalingGroupName,
      DesiredCapacity: 3,
    });
    expect(await problems()).toEqual([expect.stringMatching(/has 2 of 3 instances in service$/)]);
  });

  it('fails when the journal is open', async () => {
    const journal = object(storeKeys.journal('web'));
    journal.write({ ...journal.read(), state: 'open' });
    expect(await problems()).toEqual(['the journal of web is open, expected closed']);
  });

  it('fails when no fleet is left', async () => {
    const { world } = left.environment;
    const [group] = world.autoScaling.describeAutoScalingGroups({}).AutoScalingGroups ?? [];
    world.autoScaling.deleteAutoScalingGroup({
      AutoScalingGroupName: group?.AutoScalingGroupName,
      ForceDelete: true,
    });
    expect(await problems()).toContain('0 fleets are left, expected one');
  });

  it('fails when an instance reports another commit', async () => {
    const { world, settings } = left.environment;
    const [group] = world.autoScaling.describeAutoScalingGroups({}).AutoScalingGroups ?? [];
    const id = group?.Instances?.[0]?.InstanceId ?? '';
    const report = object(storeKeys.report('web', settings.roleId, id));
    const before = report.read();
    const other = 'd'.repeat(40);
    report.write({ ...before, release: { site: { ...before.release.site, commit: other } } });
    expect(await problems()).toEqual([`instance ${id} reports ${other}, expected ${left.commit}`]);
  });

  it('fails when the instances are not healthy, or serve another page', async () => {
    page = { status: 500, body: 'right' };
    expect(await problems()).toEqual([
      expect.stringMatching(/answers 500 on \/health$/),
      expect.stringMatching(/answers 500 on \/health$/),
    ]);
    page = { status: 200, body: 'wrong' };
    expect(await problems()).toEqual([
      expect.stringMatching(/serves another page than v1$/),
      expect.stringMatching(/serves another page than v1$/),
    ]);
  });

  it('fails when the instances do not answer', async () => {
    Object.assign(left.environment.settings, { port: 1 });
    expect(await problems()).toContainEqual(expect.stringMatching(/^instance \S+ answers .*fetch failed/));
  });
});
