import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RehearseFlags, rehearseCommand } from '../../lib/cli/rehearse.ts';

describe('holdfast rehearse', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (flags: Partial<RehearseFlags>, signal = new AbortController().signal) => {
    const all = {
      assembly: folder,
      environment: 'staging',
      hosts: 'process',
      instances: '2',
      ruleLag: '1',
      ...flags,
    };
    return rehearseCommand(all, { write: () => undefined }, signal);
  };

  it.each<[string, Partial<RehearseFlags>, string]>([
    ['no instances', { instances: '0' }, '--instances: found 0, expected a number from 1 to 50'],
    ['unknown hosts', { hosts: 'cloud' }, '--hosts: found cloud, expected process or machine'],
    [
      'a url for machines',
      { hosts: 'machine', repository: 'https://git.example.com/a.git', run: 'x' },
      'machines run in an isolated network and cannot reach it',
    ],
    ['no number of seconds', { ruleLag: 'long' }, '--rule-lag: found long, expected seconds from 0 to 60'],
    ['a word for a number', { instances: 'two' }, '--instances: found two'],
    ['commits without a repository', { commits: 'abc' }, '--commits: found no --repository'],
    ['a health path without a repository', { healthPath: '/x' }, '--health-path: found no --repository'],
    ['a repository without a command', { repository: folder }, '--repository: found no --run'],
    ['a repository that is none', { repository: '/nowhere', run: 'x' }, 'found neither a folder nor a url'],
    ['a folder without stacks', {}, 'found no manifest.json, expected a cloud assembly; run `npm run synth`'],
  ])('refuses %s', async (_, flags, message) => {
    await expect(run(flags)).rejects.toThrow(message);
  });

  it('ends at once when it is interrupted before it began', async () => {
    const controller = new AbortController();
    controller.abort();
    expect(await run({}, controller.signal)).toBe(130);
  });
});
