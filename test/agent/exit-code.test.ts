import { exitCode } from '../../lib/agent/exit-code.ts';
import { type ErrorName, HoldfastError } from '../../lib/release/errors.ts';

describe('exitCode', () => {
  const codes: [ErrorName, number][] = [
    ['InvalidInput', 2],
    ['NothingRecorded', 3],
    ['UnknownCommit', 4],
    ['InvalidTarball', 5],
    ['RecordChanged', 6],
    ['NotHealthy', 7],
    ['CommandFailed', 8],
    ['InvalidRecord', 1],
    ['AwsFailed', 1],
    ['GitFailed', 1],
  ];
  it.each(codes)('of %s is %d', (name, code) => {
    expect(exitCode(new HoldfastError(name, 'x'))).toBe(code);
  });

  it('of anything else is 1', () => {
    expect(exitCode(new Error('x'))).toBe(1);
    expect(exitCode('x')).toBe(1);
  });
});
