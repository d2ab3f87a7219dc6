import { type Stage, stage } from '../../support/local-aws/cloudformation.ts';

describe('deploying stacks', () => {
  let made: Stage;

  beforeEach(async () => {
    made = await stage();
  });
  afterEach(() => made.close());

  const parameter = (Name: string, Value: unknown) => ({
    Type: 'AWS::SSM::Parameter',
    Properties: { Name, Type: 'String', Value },
  });
  const parameterValue = (name: string) => made.world.ssm.getParameter({ Name: name }).Parameter?.Value;

  it('resolves pseudo parameters, parameters, conditions and other resources', async () => {
    await made.deploy([
      {
        Parameters: { Given: { Type: 'String', Default: 'default' } },
        Conditions: {
          Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
          There: { 'Fn::Not': [{ Condition: 'Here' }] },
        },
        Resources: {
          last: parameter('/last', {
            'Fn::Join': ['|', [{ Ref: 'first' }, { 'Fn::GetAtt': ['first', 'Value'] }]],
          }),
          first: parameter('/first', { 'Fn::Sub': '${AWS::AccountId} ${AWS::StackName} ${Given}' }),
          not: { ...parameter('/not', 'x'), Condition: 'There' },
        },
      },
    ]);
    expect(parameterValue('/last')).toBe('/first|222222222222 one default');
    expect(() => parameterValue('/not')).toThrow('not found');
  });

  it('tells CloudFormation of the stack and of each resource, under the id that the stack itself knows', async () => {
    await made.deploy([{ Resources: { own: parameter('/own', { Ref: 'AWS::StackId' }) } }]);
    const stack = made.world.cloudFormation.find('one');
    expect(stack).toMatchObject({ status: 'CREATE_COMPLETE', id: parameterValue('/own') });
    expect([...(stack?.resources ?? [])]).toEqual([
      ['own', { type: 'AWS::SSM::Parameter', physicalId: '/own', status: 'CREATE_COMPLETE' }],
    ]);
  });

  it('hands exports and outputs from stack to stack', async () => {
    await made.deploy([
      {
        Resources: { it: { Type: 'AWS::EC2::VPC' } },
        Outputs: { Id: { Value: { Ref: 'it' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-id' } } } },
      },
      {
        Resources: {
          imported: parameter('/imported', { 'Fn::ImportValue': 'one-id' }),
          output: parameter('/output', { 'Fn::GetStackOutput': { StackName: 'one', OutputName: 'Id' } }),
        },
      },
    ]);
    expect(parameterValue('/imported')).toMatch(/^vpc-[0-9a-f]{17}$/);
    expect(parameterValue('/output')).toBe(parameterValue('/imported'));
  });

  it('changes a resource only through the patch', async () => {
    await made.deploy([{ Resources: { it: parameter('/it', 'synthesised') } }], {
      patch: (type, properties) =>
        type === 'AWS::SSM::Parameter' ? { ...properties, Value: 'patched' } : properties,
    });
    expect(parameterValue('/it')).toBe('patched');
  });

  it('refuses groups and rules in a template: the workflow alone makes them', async () => {
    const group = { Resources: { it: { Type: 'AWS::AutoScaling::AutoScalingGroup' } } };
    await expect(made.deploy([group])).rejects.toThrow(
      'stack one, resource it: AWS::AutoScaling::AutoScalingGroup stands in a template',
    );
  });

  it.each([
    ['Ref', { Ref: 'nothing' }, 'has no resource nothing'],
    ['attribute', { 'Fn::GetAtt': ['other', 'Odd'] }, 'has no attribute Odd of other (AWS::SSM::Parameter)'],
    ['import', { 'Fn::ImportValue': 'nothing' }, 'has no export nothing'],
    ['output', { 'Fn::GetStackOutput': { StackName: 's', OutputName: 'o' } }, 'has no output o of stack s'],
  ])('refuses a %s that is not there', async (_, value, message) => {
    const template = { Resources: { other: parameter('/other', 'x'), it: parameter('/it', value) } };
    await expect(made.deploy([template])).rejects.toThrow(message);
  });
});
