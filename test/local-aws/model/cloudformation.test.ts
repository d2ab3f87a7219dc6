import { type Fixture, fixture } from '../../support/local-aws/world.ts';

describe('CloudFormation', () => {
  let local: Fixture;
  beforeEach(() => {
    local = fixture();
  });
  afterEach(() => local.world.close());

  test('refuses a second stack of a name', () => {
    const { cloudFormation } = local.world;
    cloudFormation.createStack({ StackName: 'web' });
    expect(() => cloudFormation.createStack({ StackName: 'web' })).toThrow('Stack [web] already exists');
  });

  test('makes parameters of a template, and refuses everything else by name', () => {
    const { cloudFormation, ssm } = local.world;
    const body = (Type: string) =>
      JSON.stringify({ Resources: { one: { Type, Properties: { Name: '/one', Value: '1' } } } });
    cloudFormation.createStack({ StackName: 'web', TemplateBody: body('AWS::SSM::Parameter') });
    expect(ssm.getParameter({ Name: '/one' }).Parameter?.Value).toBe('1');
    expect(() =>
      cloudFormation.createStack({ StackName: 'other', TemplateBody: body('AWS::S3::Bucket') }),
    ).toThrow('a stack with AWS::S3::Bucket is not part of the local AWS');
    expect(cloudFormation.find('other')).toBeUndefined();
  });

  test('describes no more than one stack at a time', () => {
    expect(() => local.world.cloudFormation.describeStacks({})).toThrow('a description of every stack');
  });
});
