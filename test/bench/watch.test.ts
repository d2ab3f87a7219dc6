import { family, parseStatus } from '../../bench/processes.ts';
import { higher, peakMemory } from '../../bench/watch.ts';

const one = (pid: number, parent: number, highWater: number, line = `program ${pid}`) => ({
  pid,
  parent,
  highWater,
  line,
});

it('reads parent and high-water mark of a process', () => {
  const status = 'Name:\ttar\nPPid:\t12\nVmHWM:\t    1940 kB\n';
  expect(parseStatus(34, status, 'tar')).toEqual({ pid: 34, parent: 12, highWater: 1_986_560, line: 'tar' });
});

it('knows nothing of a process that is gone', () => {
  expect(parseStatus(34, '', '')).toBeUndefined();
});

it('finds a process with all its descendants', () => {
  const all = [one(1, 0, 5), one(2, 1, 5), one(3, 2, 5), one(4, 9, 5)];
  expect(family(all, 1).map(({ pid }) => pid)).toEqual([1, 2, 3]);
});

it('adds what runs at one time and keeps the most', () => {
  const first = higher({ program: 0, all: 0 }, [one(1, 0, 50), one(2, 1, 30)]);
  expect(first).toEqual({ program: 50, all: 80 });
  expect(higher(first, [one(1, 0, 60)])).toEqual({ program: 60, all: 80 });
});

it('leaves out a child that is still a copy of its parent', () => {
  const copy = [one(1, 0, 50, 'agent'), one(2, 1, 50, 'agent')];
  expect(higher({ program: 0, all: 0 }, copy)).toEqual({ program: 50, all: 50 });
});

it('watches a program', async () => {
  const script = 'const held = Buffer.alloc(64e6, 1); setTimeout(() => held.length, 200)';
  const peak = await peakMemory(process.execPath, ['--eval', script], { cwd: '/', env: process.env });
  expect(peak.program).toBeGreaterThan(64e6);
  expect(peak.all).toBeGreaterThanOrEqual(peak.program);
});

it('fails when the program fails', async () => {
  const options = { cwd: '/', env: process.env };
  await expect(peakMemory(process.execPath, ['--eval', 'process.exit(3)'], options)).rejects.toThrow(
    'with 3',
  );
});
