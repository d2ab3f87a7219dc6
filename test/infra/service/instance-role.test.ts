import { type ServiceInput, templateOf, web } from '../../support/stack/example.ts';
import { actionsOf, allowing, statementsOf } from '../../support/stack/policies.ts';

const bucket = 'arn:aws:s3:::holdfast-test-123456789012';
const statements = (service: Partial<ServiceInput> = {}) =>
  statementsOf(templateOf('service-web', { services: { web: { ...web, ...service } } }), 'instancerole');
const resources = (action: string) => allowing(statements(), action).flatMap(({ resources }) => resources);

describe('an instance', () => {
  test('may do these things and no others', () => {
    expect(actionsOf(statements())).toEqual([
      'autoscaling:CompleteLifecycleAction',
      'autoscaling:RecordLifecycleActionHeartbeat',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:GetObjectVersion',
      's3:ListBucket',
      's3:PutObject',
      'ssm:GetParameter',
      'ssm:GetParameters',
    ]);
  });

  test("reads its own service's parameters and writes none", () => {
    for (const action of ['ssm:GetParameter', 'ssm:GetParameters'])
      expect(resources(action)).toEqual(['arn:aws:ssm:eu-west-1:123456789012:parameter/holdfast/test/web/*']);
    expect(actionsOf(statements())).not.toContain('ssm:PutParameter');
  });

  test('writes the record of its own service, if its instances record', () => {
    const recording: Partial<ServiceInput> = { record: 'instances', route: undefined };
    const writing = allowing(statements(recording), 'ssm:PutParameter').flatMap(({ resources }) => resources);
    expect(writing).toEqual(['arn:aws:ssm:eu-west-1:123456789012:parameter/holdfast/test/web/deployed']);
  });

  test("reads its own service's tarballs, and agents", () => {
    expect(resources('s3:GetObject')).toEqual([
      `${bucket}/agent/*`,
      `${bucket}/archives/web/*`,
      `${bucket}/node/*`,
      `${bucket}/overlays/web/*`,
    ]);
  });

  test("lists the names of its own service's tarballs, and nothing else in the store", () => {
    const listing = allowing(statements(), 's3:ListBucket');
    expect(listing.map(({ resources, condition }) => [resources, condition])).toEqual([
      [[bucket], { StringLike: { 's3:prefix': ['overlays/web/*', 'archives/web/*'] } }],
    ]);
  });

  test('writes reports under its own id alone', () => {
    const [reports] = allowing(statements(), 's3:PutObject');
    expect(reports).toMatchObject({ resources: [`${bucket}/reports/web/\${aws:userid}/*`] });
    expect(reports?.condition).toBeUndefined();
  });

  test('adds archives of its own service, and replaces none', () => {
    const [, archives, ...others] = allowing(statements(), 's3:PutObject');
    expect(archives).toMatchObject({
      resources: [`${bucket}/archives/web/*`],
      condition: { Null: { 's3:if-none-match': 'false' } },
    });
    expect(others).toEqual([]);
  });

  test("completes the lifecycle actions of its own service's groups, whatever another service is called", () => {
    const [hook] = allowing(statements(), 'autoscaling:CompleteLifecycleAction');
    expect(hook?.resources).toEqual([
      'arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:*:autoScalingGroupName/holdfast-test-web-*',
    ]);
    expect(hook?.condition).toEqual({
      StringEquals: {
        'aws:ResourceTag/holdfast:environment': 'test',
        'aws:ResourceTag/holdfast:service': 'web',
      },
    });
  });

  test("writes into the streams of its own service's log, and does nothing else with it", () => {
    for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents']) {
      expect(resources(action)).toEqual([
        'arn:aws:logs:eu-west-1:123456789012:log-group:/holdfast/test/instances/web:log-stream:i-*',
      ]);
    }
  });

  test('reads the secrets of its own private repositories', () => {
    const git = (secret: string) => ({
      url: 'https://git.example.com/a.git',
      branch: 'main',
      credentials: { secret },
    });
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:git/two-AbCdEf';
    const [secrets] = allowing(
      statements({ repositories: { one: git('git/one'), two: git(arn), three: git('git/one') } }),
      'secretsmanager:GetSecretValue',
    );
    expect(secrets?.resources).toEqual([
      'arn:aws:secretsmanager:eu-west-1:123456789012:secret:git/one-??????',
      arn,
    ]);
  });

  test('has a role below the path that boot may pass', () => {
    templateOf('service-web').hasResourceProperties('AWS::IAM::Role', { Path: '/holdfast/test/instances/' });
  });

  describe('whose environment names parameters and secrets', () => {
    const key = (id: string) => `arn:aws:kms:eu-west-1:123456789012:key/${id}`;
    const named = statements({
      values: {
        MODE: { value: 'production' },
        HOST: { parameter: '/shared/database/host' },
        PASSWORD: { parameter: '/shared/database/password', encryptionKey: key('one') },
        TOKEN: { secret: 'site/token', key: 'token' },
        OTHER: { secret: 'site/token', key: 'other', encryptionKey: key('two') },
      },
    });

    test('reads exactly those', () => {
      const own = 'arn:aws:ssm:eu-west-1:123456789012:parameter';
      expect(allowing(named, 'ssm:GetParameter').flatMap(({ resources }) => resources)).toEqual([
        `${own}/holdfast/test/web/*`,
        `${own}/shared/database/host`,
        `${own}/shared/database/password`,
      ]);
      expect(allowing(named, 'secretsmanager:GetSecretValue').flatMap(({ resources }) => resources)).toEqual([
        'arn:aws:secretsmanager:eu-west-1:123456789012:secret:site/token-??????',
      ]);
    });

    test('decrypts with a key of its own only through the store that holds the value', () => {
      const decrypting = allowing(named, 'kms:Decrypt').filter(({ condition }) => condition);
      expect(decrypting.map(({ resources, condition }) => [resources, condition])).toEqual([
        [[key('one')], { StringEquals: { 'kms:ViaService': 'ssm.eu-west-1.amazonaws.com' } }],
        [[key('two')], { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } }],
      ]);
    });
  });
});
