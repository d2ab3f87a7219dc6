import { decide } from '../../../lib/local-aws/iam/decide.ts';
import type { RequiredPermission } from '../../../lib/local-aws/iam/required-permission.ts';
import { parseStatements } from '../../../lib/local-aws/iam/statement.ts';

const arn = 'arn:aws:ssm:eu-west-1:1:parameter/holdfast/prod/web/deployed';
const put: RequiredPermission = { action: 'ssm:PutParameter', resource: arn };
const statement = (more: object = {}) => ({
  Effect: 'Allow',
  Action: 'ssm:PutParameter',
  Resource: arn,
  ...more,
});

function decided(statements: object[], need: RequiredPermission = put) {
  const parsed = parseStatements({ Version: '2012-10-17', Statement: statements }, 'policy p');
  return decide(parsed, need, { 'aws:userid': 'AROA1:boot' });
}

describe('a decision', () => {
  it('allows nothing by itself', () => {
    expect(decided([])).toBe('not allowed');
    expect(decided([statement({ Action: 'ssm:GetParameter' })])).toBe('not allowed');
    expect(decided([statement({ Resource: `${arn}s` })])).toBe('not allowed');
  });

  it('allows by name and by pattern; names of actions know no case', () => {
    expect(decided([statement()])).toBe('allowed');
    expect(decided([statement({ Action: 'SSM:put*' })])).toBe('allowed');
    expect(decided([statement({ Resource: 'arn:aws:ssm:*:1:parameter/holdfast/prod/*' })])).toBe('allowed');
  });

  it('lets a Deny outweigh every Allow, in any order', () => {
    const deny = statement({ Effect: 'Deny', Resource: '*' });
    expect(decided([deny, statement()])).toBe('denied');
    expect(decided([statement(), deny])).toBe('denied');
  });

  describe('with conditions', () => {
    const tagged = (tags: Record<string, string>): RequiredPermission => ({
      ...put,
      keys: { 'aws:ResourceTag/': tags },
    });
    const condition = (operator: string, key: string, value: string | string[]) =>
      statement({ Condition: { [operator]: { [key]: value } } });

    it('wants one of the values, and a key that is there', () => {
      const prod = condition('StringEquals', 'aws:ResourceTag/env', ['prod', 'staging']);
      expect(decided([prod], tagged({ env: 'prod' }))).toBe('allowed');
      expect(decided([prod], tagged({ env: 'test' }))).toBe('not allowed');
      expect(decided([prod], tagged({ other: 'prod' }))).toBe('not allowed');
    });

    it('wants all keys of all operators', () => {
      const both = statement({
        Condition: { StringEquals: { 'aws:ResourceTag/a': '1', 'aws:ResourceTag/b': '2' } },
      });
      expect(decided([both], tagged({ a: '1' }))).toBe('not allowed');
      expect(decided([both], tagged({ a: '1', b: '2' }))).toBe('allowed');
    });

    it('compares ARNs part by part', () => {
      const like = condition('ArnLike', 'ec2:LaunchTemplate', 'arn:aws:ec2:*:1:launch-template/*');
      const from = (template: string): RequiredPermission => ({
        ...put,
        keys: { 'ec2:LaunchTemplate': template },
      });
      expect(decided([like], from('arn:aws:ec2:eu-west-1:1:launch-template/lt-1'))).toBe('allowed');
      expect(decided([like], from('arn:aws:ec2:eu-west-1:2:launch-template/lt-1'))).toBe('not allowed');
      expect(decided([like], from('arn:aws:ec2:a:b:1:launch-template/lt-1'))).toBe('not allowed');
    });

    it('asks with Null whether a key is there', () => {
      const conditional = condition('Null', 's3:if-none-match', 'false');
      const write = (value: string | undefined): RequiredPermission => ({
        ...put,
        keys: { 's3:if-none-match': value },
      });
      expect(decided([conditional], write('*'))).toBe('allowed');
      expect(decided([conditional], write(undefined))).toBe('not allowed');
      const plain = condition('Null', 's3:if-none-match', 'true');
      expect(decided([plain], write('*'))).toBe('not allowed');
      expect(decided([plain], write(undefined))).toBe('allowed');
    });

    it('refuses operators and keys that it does not know, by name', () => {
      expect(() => decided([condition('Bool', 'aws:userid', 'true')])).toThrow('the condition operator Bool');
      expect(() => decided([condition('StringEquals', 'aws:SourceIp', '::1')])).toThrow(
        'the condition key aws:SourceIp of ssm:PutParameter',
      );
    });

    it('does not look at the conditions of other statements', () => {
      const other = {
        ...condition('Bool', 'aws:MultiFactorAuthPresent', 'true'),
        Action: 'ec2:RunInstances',
      };
      expect(decided([other, statement()])).toBe('allowed');
    });
  });
});
