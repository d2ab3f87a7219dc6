import { parseStatements, parseTrust } from '../../../lib/local-aws/iam/statement.ts';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });

describe('policy documents', () => {
  it('are read with single values as lists', () => {
    const condition = { StringEquals: { 'aws:ResourceTag/a': 'b' } };
    expect(parseStatements(document({ ...allow, Condition: condition }), 'policy p')).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:GetObject'],
        Resource: ['*'],
        Condition: { StringEquals: { 'aws:ResourceTag/a': ['b'] } },
      },
    ]);
  });

  test.each(['NotAction', 'NotResource', 'Principal'])('are refused by name with %s', (key) => {
    expect(() => parseStatements(document({ ...allow, [key]: '*' }), 'policy p')).toThrow(
      `policy p: Statement.0: unknown key "${key}"`,
    );
  });

  it('are refused in the old language, in which variables are plain text', () => {
    expect(() => parseStatements({ Version: '2008-10-17', Statement: [allow] }, 'policy p')).toThrow(
      'Version',
    );
  });
});

test('a trust policy names services', () => {
  const statement = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'ec2.amazonaws.com' },
  };
  expect(parseTrust(document(statement), 'role r')).toEqual(['ec2.amazonaws.com']);
  expect(() => parseTrust(document({ ...statement, Condition: {} }), 'role r')).toThrow('Condition');
});
