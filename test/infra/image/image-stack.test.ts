import { Match } from 'aws-cdk-lib/assertions';
import { onlyResource, templateOf, web, worker } from '../../support/stack/example.ts';
import { actionsOf, allowing, statementsOf } from '../../support/stack/policies.ts';

const image = { parameter: '/holdfast/test/web/image' };
const built = { services: { web: { ...web, image, imageBuild: {} }, worker } };
const template = () => templateOf('image-web', built);
const only = (kind: string) => onlyResource(template(), `AWS::ImageBuilder::${kind}`).Properties;

describe('the image stack', () => {
  test('runs the boot script of the service, told to bake', () => {
    const { Data, Name, Platform } = only('Component');
    const { phases } = JSON.parse(String(Data));
    const [{ action, inputs }] = phases[0].steps;
    expect(action).toBe('ExecuteBash');
    const [, write, run] = inputs.commands;
    const [, script = ''] =
      /^echo (\S+) \| base64 --decode > \/var\/tmp\/holdfast-boot\.sh$/.exec(write) ?? [];
    expect(Buffer.from(script, 'base64').toString()).toMatch(
      /^#!\/bin\/bash\ninit='\{"environment":"test","service":"web",.*\}'\n$/,
    );
    expect(run).toBe('HOLDFAST_COMMAND=bake bash /var/tmp/holdfast-boot.sh');
    expect(Name).toMatch(/^holdfast-test-web-[0-9a-f]{12}$/);
    expect(Platform).toBe('Linux');
  });

  test('starts from Amazon Linux 2023, or what the configuration names', () => {
    expect(only('ImageRecipe').ParentImage).toMatch(/^ssm:\/aws\/service\/ami-amazon-linux-latest\//);
    const parent = { id: 'ami-0123456789abcdef0' };
    const other = templateOf('image-web', { services: { web: { ...web, image, imageBuild: { parent } } } });
    other.hasResourceProperties('AWS::ImageBuilder::ImageRecipe', { ParentImage: parent.id });
  });

  test('names component and recipe anew when what is run changes: both are immutable', () => {
    const named = (role: string) =>
      onlyResource(
        templateOf('image-web', { services: { web: { ...web, role, imageBuild: {} } } }),
        'AWS::ImageBuilder::ImageRecipe',
      ).Properties.Name;
    expect(named('one')).not.toBe(named('two'));
  });

  test('writes the image id to the parameter of the service', () => {
    template().hasResourceProperties('AWS::ImageBuilder::DistributionConfiguration', {
      Distributions: [
        Match.objectLike({
          Region: 'eu-west-1',
          SsmParameterConfigurations: [
            { ParameterName: '/holdfast/test/web/image', DataType: 'aws:ec2:image' },
          ],
        }),
      ],
    });
    const puts = allowing(statementsOf(template(), 'execution'), 'ssm:PutParameter');
    expect(puts.flatMap(({ resources }) => resources)).toEqual([
      'arn:aws:ssm:eu-west-1:123456789012:parameter/holdfast/test/web/image',
    ]);
  });

  test('builds on a private machine that answers to version 2 of the metadata only', () => {
    expect(only('InfrastructureConfiguration')).toMatchObject({
      InstanceTypes: ['t4g.small'],
      InstanceMetadataOptions: { HttpTokens: 'required' },
      TerminateInstanceOnFailure: true,
    });
  });

  test('lets that machine read and nothing else: no record, report or archive is written', () => {
    const actions = actionsOf(statementsOf(template(), 'builder'));
    expect(actions.filter((action) => /^(s3:Put|ssm:Put|autoscaling:|ec2:)/.test(action))).toEqual([]);
    expect(actions).toEqual(expect.arrayContaining(['s3:GetObject', 'ssm:GetParameter', 'kms:Decrypt']));
  });

  test('builds when somebody starts it, or by a schedule', () => {
    expect(only('ImagePipeline')).not.toHaveProperty('Schedule');
    const imageBuild = { schedule: 'cron(0 3 ? * mon *)' };
    templateOf('image-web', { services: { web: { ...web, imageBuild } } }).hasResourceProperties(
      'AWS::ImageBuilder::ImagePipeline',
      { Schedule: { ScheduleExpression: imageBuild.schedule } },
    );
  });

  test('tells people of a build that failed, with its reason and where to read on', () => {
    const { EventPattern, Targets } = onlyResource(template(), 'AWS::Events::Rule').Properties;
    expect(EventPattern).toMatchObject({
      detail: { state: { status: ['FAILED'] } },
      resources: [{ prefix: expect.stringMatching(/:image\/holdfast-test-web-[0-9a-f]{12}\/$/) }],
    });
    expect(JSON.stringify(Targets)).toContain('docs/runbook.md#image-build-failed');
  });

  test('lets event rules speak to people only where images are built', () => {
    const senders = (environment: object) =>
      JSON.stringify(templateOf('rollout', environment).findResources('AWS::SNS::TopicPolicy'));
    expect(senders(built)).toContain('events.amazonaws.com');
    expect(senders({ services: { web, worker } })).not.toContain('events.amazonaws.com');
  });

  test('is not there without imageBuild', () => {
    expect(() => templateOf('image-worker', built)).toThrow();
  });
});
