import { AutoScalingClient, CompleteLifecycleActionCommand } from '@aws-sdk/client-auto-scaling';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { cloudWatchLogs } from '../../../lib/aws/logs.ts';
import { s3Objects } from '../../../lib/aws/objects.ts';
import { launchHook, logGroupName, storeKeys, tags } from '../../../lib/config/resource-names.ts';
import { arn } from '../../../lib/local-aws/model/arns.ts';
import { requestHandler } from '../../../lib/local-aws/wire/request-handler.ts';
import { Simulation } from '../../../lib/simulation/simulation.ts';
import { assembly, deployed, instances, live } from '../../support/story/simulate.ts';

/** A group of another service, whose name begins with this one's. */
const otherGroup = 'holdfast-prod-web-worker-blue-1';

describe('an instance', () => {
  let simulation: Simulation;
  let clients: {
    ssm: SSMClient;
    s3: S3Client;
    autoScaling: AutoScalingClient;
    states: SFNClient;
    logs: CloudWatchLogsClient;
  };
  let own: string;
  let neighbour: string;

  beforeAll(async () => {
    simulation = await Simulation.start({ assembly, checksRights: true, story: false });
    await deployed(simulation);
    const { world } = simulation;
    [own = '', neighbour = ''] = instances(simulation, 'blue');
    const options = {
      region: world.place.region,
      maxAttempts: 1,
      credentials: world.iam.session(own)?.credentials ?? { accessKeyId: '', secretAccessKey: '' },
      requestHandler: requestHandler(world),
    };
    clients = {
      ssm: new SSMClient(options),
      s3: new S3Client({ ...options, forcePathStyle: true }),
      autoScaling: new AutoScalingClient(options),
      states: new SFNClient(options),
      logs: new CloudWatchLogsClient(options),
    };
    // A simulation makes none.
    world.logs.createLogGroup({ logGroupName: logGroupName('prod', 'web') });
    makeOthers();
  });
  afterAll(() => simulation.close());

  /** What belongs to another service of the environment. */
  function makeOthers(): void {
    const { world, truth } = simulation;
    for (const name of ['deployed', 'settings'])
      world.ssm.putParameter({ Name: `/holdfast/prod/worker/${name}`, Value: '{}', Type: 'String' });
    for (const Key of ['overlays/worker/jobs/a.tar', 'archives/worker/jobs/a.tar'])
      world.s3.putObject({ Bucket: truth.settings.bucket, Key, Body: 'secret' });
    const { template, subnets } = truth.recordedFleet ?? { template: undefined, subnets: [] };
    world.autoScaling.createAutoScalingGroup({
      AutoScalingGroupName: otherGroup,
      MinSize: 0,
      MaxSize: 0,
      LaunchTemplate: { LaunchTemplateId: template?.id, Version: String(template?.version) },
      VPCZoneIdentifier: subnets.join(','),
      Tags: Object.entries({ [tags.environment]: 'prod', [tags.service]: 'worker' }).map(([Key, Value]) => ({
        Key,
        Value,
        PropagateAtLaunch: true,
      })),
    });
  }

  const read = (Name: string) => clients.ssm.send(new GetParameterCommand({ Name }));
  const write = (Name: string) =>
    clients.ssm.send(new PutParameterCommand({ Name, Value: '{}', Type: 'String', Overwrite: true }));
  const bucket = () => ({ Bucket: simulation.truth.settings.bucket });
  const get = (Key: string) => clients.s3.send(new GetObjectCommand({ ...bucket(), Key }));
  const list = (Prefix?: string) => clients.s3.send(new ListObjectsV2Command({ ...bucket(), Prefix }));
  const put = (Key: string) => clients.s3.send(new PutObjectCommand({ ...bucket(), Key, Body: '{}' }));
  const add = (Key: string) =>
    clients.s3.send(new PutObjectCommand({ ...bucket(), Key, Body: '{}', IfNoneMatch: '*' }));
  const report = (service: string, id: string) =>
    storeKeys.report(service, simulation.truth.settings.roleId, id);
  const complete = (AutoScalingGroupName: string) =>
    clients.autoScaling.send(
      new CompleteLifecycleActionCommand({
        AutoScalingGroupName,
        LifecycleHookName: launchHook,
        InstanceId: own,
        LifecycleActionResult: 'CONTINUE',
      }),
    );
  /** Puts a line into the log of a service, under a name. */
  const log = async (service: string, stream: string) => {
    const to = { group: logGroupName('prod', service), stream };
    await cloudWatchLogs(clients.logs).create(to);
    return await cloudWatchLogs(clients.logs).put(to, [{ timestamp: simulation.time.now(), message: 'm' }]);
  };
  const deploy = () => {
    const stateMachineArn = arn.machine(simulation.world.place, 'holdfast-prod-rollout');
    return clients.states.send(new StartExecutionCommand({ stateMachineArn, input: '{"service":"web"}' }));
  };

  it('does what it needs', async () => {
    await expect(read('/holdfast/prod/web/deployed:1')).resolves.toBeDefined();
    await expect(put(report('web', own))).resolves.toBeDefined();
    await expect(add('archives/web/site/b.tar.zst')).resolves.toBeDefined();
    await expect(log('web', own)).resolves.toBe(0);
    // There is nothing to complete any more; it is allowed to say so.
    await expect(complete(live(simulation))).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['read the record of another service', () => read('/holdfast/prod/worker/deployed'), 'ssm:GetParameter'],
    [
      'read the settings of another service',
      () => read('/holdfast/prod/worker/settings:1'),
      'ssm:GetParameter',
    ],
    ['write the record', () => write('/holdfast/prod/web/deployed'), 'ssm:PutParameter'],
    ["write its colour's record", () => write('/holdfast/prod/web/blue'), 'ssm:PutParameter'],
    ["write another instance's report", () => put(report('web', neighbour)), 's3:PutObject'],
    ["write another service's reports", () => put(report('worker', own)), 's3:PutObject'],
    ['read reports', () => get(report('web', own)), 's3:GetObject'],
    ["read another service's overlays", () => get('overlays/worker/jobs/a.tar'), 's3:GetObject'],
    ["read another service's archives", () => get('archives/worker/jobs/a.tar'), 's3:GetObject'],
    ['replace an archive', () => put('archives/web/site/a.tar.zst'), 's3:PutObject'],
    ["add another service's archive", () => add('archives/worker/site/a.tar.zst'), 's3:PutObject'],
    ['put an overlay', () => put('overlays/web/site/a.tar'), 's3:PutObject'],
    ['put an agent', () => put('agent/a'), 's3:PutObject'],
    ['read the journal', () => get(storeKeys.journal('web')), 's3:GetObject'],
    ['write the journal', () => put(storeKeys.journal('web')), 's3:PutObject'],
    ['complete a hook of another service', () => complete(otherGroup), 'autoscaling:CompleteLifecycleAction'],
    ["write another service's log", () => log('worker', own), 'logs:CreateLogStream'],
    ['list the store', () => list(), 's3:ListBucket'],
    ['list its reports', () => list(storeKeys.reports('web')), 's3:ListBucket'],
    ['list evidence', () => list('evidence/'), 's3:ListBucket'],
    ["list another service's overlays", () => list('overlays/worker/'), 's3:ListBucket'],
    [
      "list a service's overlays whose name begins with its own",
      () => list('overlays/web-2/'),
      's3:ListBucket',
    ],
    [
      'learn that a key is missing without listing it',
      () => get('overlays/web/site/none.tar'),
      's3:ListBucket',
    ],
    ['start a deployment', deploy, 'states:StartExecution'],
  ])('may not %s', async (_, ask, action) => {
    await expect(ask()).rejects.toThrow(`is not authorized to perform: ${action} on resource: `);
  });

  it('is seen by name in what it may not do', async () => {
    await expect(write('/holdfast/prod/web/deployed')).rejects.toThrow(
      new RegExp(`assumed-role/[^/]+/${own} is not`),
    );
  });

  it("learns the keys of its own service's tarballs, and so what is missing", async () => {
    for (const prefix of ['overlays/web/site/', 'archives/web/site/'])
      expect((await list(prefix)).Contents ?? []).toEqual(expect.any(Array));
    const objects = s3Objects(clients.s3, bucket().Bucket);
    const present = 'overlays/web/site/present.tar';
    simulation.world.s3.putObject({ ...bucket(), Key: present, Body: Buffer.from('x') });
    expect(await objects.get(present)).toMatchObject({ body: 'x' });
    for (const version of [undefined, 'no-such-version'])
      expect(await objects.get('overlays/web/site/none.tar', version)).toBeUndefined();
    expect(await objects.head(present, 'no-such-version')).toBeUndefined();
  });
});
