import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstLine, lastLine, run } from '../../../lib/agent/host/run.ts';

const env = { PATH: process.env.PATH };
const sh = (line: string, more: object = {}) => run('sh', ['-c', line], { env, seconds: 20, ...more });

describe('run', () => {
  it('gives the code and both outputs', async () => {
    expect(await sh('echo out; echo err >&2; exit 3')).toEqual({ code: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('says 127 for a program that is not there, 128 for one that a signal ended', async () => {
    expect(await run('no-such-program', [], { env, seconds: 5 })).toMatchObject({ code: 127 });
    expect((await sh('kill -9 $$')).code).toBe(128);
  });

  it('ends a program, with all that it started, when time is up', async () => {
    const ran = await sh('sleep 60 & sleep 60', { seconds: 0.2, group: true });
    expect(ran).toMatchObject({ code: 124, stderr: 'did not end within 0.2 seconds' });
  });

  it('hands a secret over through a descriptor, once', async () => {
    expect(await sh('cat <&3; cat <&3', { secret: 'hush' })).toMatchObject({ stdout: 'hush' });
    expect(await sh('cat <&3')).toMatchObject({ stdout: '' });
  });

  it('feeds and listens', async () => {
    const chunks: Buffer[] = [];
    const { code } = await sh('tr a-z A-Z', {
      feed: async (stdin: NodeJS.WritableStream) => void stdin.write('text'),
      onOutput: (chunk: Buffer) => chunks.push(chunk),
    });
    expect({ code, text: Buffer.concat(chunks).toString() }).toEqual({ code: 0, text: 'TEXT' });
  });

  it('is not held up by a program that does not read what it is fed', async () => {
    const feed = async (stdin: NodeJS.WritableStream) => void stdin.write(Buffer.alloc(1 << 20));
    expect((await sh('exit 4', { feed })).code).toBe(4);
  });

  it('returns when the program ends, whoever it left its output to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-run-'));
    const output = openSync(join(folder, 'log'), 'w');
    const stays = `for i in $(seq 200); do [ -e ${folder} ] || break; sleep 0.05; done`;
    expect((await sh(`echo started; { ${stays}; } &`, { output })).code).toBe(0);
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('started\n');
    rmSync(folder, { recursive: true });
  });
});

it('finds what a program complained about', () => {
  expect(firstLine('\n tar: a\ntar: b\n')).toBe('tar: a');
  expect(lastLine('a\n b \n\n')).toBe('b');
  expect([firstLine(''), lastLine('')]).toEqual(['', '']);
});
