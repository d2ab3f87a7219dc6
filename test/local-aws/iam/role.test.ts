import { Role } from '../../../lib/local-aws/iam/role.ts';

const document = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
const trust = {
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};

describe('a role', () => {
  const managed = new Map([['arn:managed', document('s3:*')]]);
  const role = () => new Role({ name: 'boot', arn: 'arn:boot', id: 'AROA1', trust }, managed);
  const actions = (of: Role) => of.statements.flatMap(({ Action }) => Action);

  it('has the statements of its inline and managed policies', () => {
    const made = role();
    expect(actions(made)).toEqual([]);
    made.put('default', document('ssm:GetParameter'));
    made.attach('arn:managed');
    expect(actions(made)).toEqual(['ssm:GetParameter', 's3:*']);
  });

  it('refuses a managed policy whose content nobody knows, by name', () => {
    const made = role();
    made.attach('arn:aws:iam::aws:policy/AdministratorAccess');
    expect(() => made.statements).toThrow('arn:aws:iam::aws:policy/AdministratorAccess of role boot');
  });

  it('trusts the services that it names', () => {
    expect(role().trusts('lambda.amazonaws.com')).toBe(true);
    expect(role().trusts('ec2.amazonaws.com')).toBe(false);
  });
});
