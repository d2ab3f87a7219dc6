import { creationOrder } from '../../../lib/local-aws/cloudformation/template.ts';

describe('the order of creation', () => {
  it('puts what a resource names before it', () => {
    const template = {
      Resources: {
        a: { Type: 'T', Properties: { deep: [{ x: { 'Fn::GetAtt': ['b', 'Arn'] } }] } },
        b: { Type: 'T', Properties: { text: { 'Fn::Sub': 'x ${c} ${d.Arn}' } } },
        c: { Type: 'T', DependsOn: ['e'] },
        d: { Type: 'T', DependsOn: 'e', Properties: { it: { Ref: 'AWS::Region' } } },
        e: { Type: 'T', Properties: { sub: { 'Fn::Sub': ['${own}', { own: { Ref: 'f' } }] } } },
        f: { Type: 'T' },
      },
    };
    expect(creationOrder(template)).toEqual(['f', 'e', 'c', 'd', 'b', 'a']);
  });

  it('refuses a circle', () => {
    const template = { Resources: { a: { Type: 'T', DependsOn: 'b' }, b: { Type: 'T', DependsOn: 'a' } } };
    expect(() => creationOrder(template)).toThrow('circular dependency of resource a');
  });
});
