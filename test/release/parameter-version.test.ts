import {
  findParameterVersion,
  formatParameterVersion,
  parseParameterVersion,
} from '../../lib/release/parameter-version.ts';

test('NAME:VERSION is read as it was written', () => {
  const parameter = { name: '/holdfast/prod/web/green', version: 12 };
  expect(parseParameterVersion(formatParameterVersion(parameter))).toEqual(parameter);
  expect(() => parseParameterVersion('/holdfast/prod/web/green')).toThrow('expected NAME:VERSION');
});

test('a name alone names no version', () => {
  expect(findParameterVersion('/holdfast/prod/web/deployed')).toBeUndefined();
  expect(findParameterVersion('/holdfast/prod/web/deployed:3')).toEqual({
    name: '/holdfast/prod/web/deployed',
    version: 3,
  });
});
