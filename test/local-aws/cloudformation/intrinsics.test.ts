import { type Lookup, noValue, resolve } from '../../../lib/local-aws/cloudformation/intrinsics.ts';

const lookup: Lookup = {
  ref: (name) => (name === 'AWS::NoValue' ? noValue : `<${name}>`),
  attribute: (resource, attribute) => `<${resource}.${attribute}>`,
  importValue: (name) => `<import ${name}>`,
  output: (stack, name) => `<${stack}: ${name}>`,
  zones: () => ['a', 'b'],
  condition: (name) => name === 'yes',
};

describe('intrinsic functions', () => {
  it.each([
    [{ Ref: 'a' }, '<a>'],
    [{ 'Fn::GetAtt': ['a', 'Arn'] }, '<a.Arn>'],
    [{ 'Fn::GetAtt': 'a.b.c' }, '<a.b.c>'],
    [{ 'Fn::Join': ['-', ['x', { Ref: 'a' }, { 'Fn::Join': ['', ['y', 'z']] }]] }, 'x-<a>-yz'],
    [{ 'Fn::Sub': 'x ${a} ${a.Arn} ${!literal}' }, 'x <a> <a.Arn> ${literal}'],
    [{ 'Fn::Sub': ['${own} ${a}', { own: { Ref: 'b' } }] }, '<b> <a>'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': ['|', 'x|y'] }] }, 'y'],
    [{ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'a'],
    [{ 'Fn::ImportValue': { 'Fn::Sub': 'n' } }, '<import n>'],
    [{ 'Fn::GetStackOutput': { StackName: 's', Region: 'r', OutputName: 'o' } }, '<s: o>'],
    [{ 'Fn::Base64': { Ref: 'a' } }, Buffer.from('<a>').toString('base64')],
    [{ 'Fn::If': ['yes', 1, 2] }, 1],
    [{ 'Fn::If': ['no', 1, { Ref: 'a' }] }, '<a>'],
    [{ 'Fn::Equals': [{ Ref: 'a' }, '<a>'] }, true],
    [{ 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }, true],
    [{ 'Fn::And': [{ Condition: 'yes' }, { Condition: 'no' }] }, false],
    [{ 'Fn::Or': [{ Condition: 'yes' }, { Condition: 'no' }] }, true],
    [
      { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1], c: null },
      { b: [1], c: null },
    ],
    [{ Condition: { StringEquals: { a: { Ref: 'b' } } } }, { Condition: { StringEquals: { a: '<b>' } } }],
    [
      { Ref: 'a', other: 1 },
      { Ref: 'a', other: 1 },
    ],
  ])('resolve %j', (value, expected) => {
    expect(resolve(value, lookup)).toEqual(expected);
  });

  it('refuse what they do not know, rather than pass it on', () => {
    expect(() => resolve({ 'Fn::Cidr': ['10.0.0.0/8', 2] }, lookup)).toThrow('Fn::Cidr');
    expect(() => resolve({ 'Fn::Join': 'x' }, lookup)).toThrow('expected a list');
  });
});
