import { matchesPattern, withVariables } from '../../../lib/local-aws/iam/pattern.ts';

const variables: Record<string, string> = { 'aws:userid': 'AROA1:i-1', odd: '*' };
const variable = (name: string) => variables[name];

describe('patterns of policies', () => {
  test.each([
    ['arn:aws:s3:::store/*', 'arn:aws:s3:::store/a/b', true],
    ['arn:aws:s3:::store/*', 'arn:aws:s3:::store', false],
    ['*', '', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a.c', 'abc', false],
    ['reports/${aws:userid}/*', 'reports/AROA1:i-1/report.json', true],
    ['reports/${aws:userid}/*', 'reports/AROA1:i-2/report.json', false],
    ['reports/${aws:username}/*', 'reports//report.json', false],
    ['${odd}', 'anything', false],
    ['a${*}b', 'a*b', true],
    ['a${*}b', 'axb', false],
    ['$100', '$100', true],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(matchesPattern(pattern, text, variable)).toBe(expected);
  });

  it('are case-sensitive', () => {
    expect(matchesPattern('arn:aws:s3:::Store', 'arn:aws:s3:::store', variable)).toBe(false);
  });
});

test('a text is filled with variables, or is none without their values', () => {
  expect(withVariables('a ${aws:userid} ${$}', variable)).toBe('a AROA1:i-1 $');
  expect(withVariables('a ${aws:username}', variable)).toBeUndefined();
});
