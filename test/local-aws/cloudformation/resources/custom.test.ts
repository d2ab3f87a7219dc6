import { type Stage, stage } from '../../../support/local-aws/cloudformation.ts';

describe('custom resources', () => {
  let made: Stage;

  beforeEach(async () => {
    made = await stage();
  });
  afterEach(() => made.close());

  const template = (properties: Record<string, unknown> = {}) => ({
    Resources: {
      step: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'step',
          Code: { S3Key: 'code.zip' },
          Handler: 'index.handler',
          Timeout: 20,
        },
      },
      custom: {
        Type: 'Custom::Thing',
        Properties: { ServiceToken: { 'Fn::GetAtt': ['step', 'Arn'] }, ...properties },
      },
      probe: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: '/probe', Type: 'String', Value: { 'Fn::GetAtt': ['custom', 'Answer'] } },
      },
    },
  });

  const answering = (answer: string) => `export const handler = async (event) => {
    const body = JSON.stringify(${answer});
    await fetch(event.ResponseURL, { method: 'PUT', body });
  };`;

  it('are made by their function, which gets the request of CloudFormation and puts its answer to a url', async () => {
    const code = answering(
      `{ Status: 'SUCCESS', PhysicalResourceId: 'it', Data: { Answer: JSON.stringify(event) } }`,
    );
    await made.deploy([template({ Number: 8080, List: [true, { Deep: 'x' }] })], { code });
    const request = JSON.parse(made.world.ssm.getParameter({ Name: '/probe' }).Parameter?.Value ?? '');
    expect(request).toMatchObject({
      RequestType: 'Create',
      ResourceType: 'Custom::Thing',
      LogicalResourceId: 'custom',
      StackId: 'arn:aws:cloudformation:eu-west-1:222222222222:stack/one/rehearsal',
      // CloudFormation makes text of numbers and booleans.
      ResourceProperties: { Number: '8080', List: ['true', { Deep: 'x' }] },
    });
  });

  it('fail with the reason that the function gives', async () => {
    const code = answering(`{ Status: 'FAILED', Reason: 'no listener' }`);
    await expect(made.deploy([template()], { code })).rejects.toThrow(
      'stack one: custom resource custom (Custom::Thing) was not created: no listener',
    );
  });

  it('fail at once when the function throws', async () => {
    const code = 'export const handler = async () => { throw new Error("broken"); };';
    await expect(made.deploy([template()], { code })).rejects.toThrow('was not created: Error: broken');
  });

  it('fail when no answer comes in time', async () => {
    const code = 'export const handler = async () => undefined;';
    await expect(made.deploy([template({ ServiceTimeout: 0.2 })], { code })).rejects.toThrow(
      'no answer in 0.2 seconds',
    );
  });
});
