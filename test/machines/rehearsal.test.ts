import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildExampleSite, type ExampleRelease } from '../../lib/rehearsal/example.ts';
import { Command, type Finished } from '../support/rehearsal/command.ts';

jest.setTimeout(240_000);

describe('a rehearsal of two releases on machines', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-machines-'));
  const command = new Command();
  let site: ExampleRelease[];
  let finished: Finished;

  beforeAll(async () => {
    // The command makes an enclosure of its own, as it does for a person.
    delete process.env.HOLDFAST_ENCLOSED;
    site = await buildExampleSite(folder);
    const commits = site.slice(0, 2).map(({ commit }) => commit);
    const run = 'node build.mjs && exec node server.mjs';
    const options = ['--health-path', '/health', '--instances', '2', '--commits', commits.join(',')];
    command.start(['--hosts', 'machine', '--repository', folder, '--run', run, ...options]);
    finished = await command.end();
  });
  afterAll(async () => {
    await command.close();
    rmSync(folder, { recursive: true });
  });

  it('goes as asked, blue to green under load, and loses no request', () => {
    expect(finished.output).toContain('rehearsal passed');
    expect(finished.code).toBe(0);
    const [first, second] = finished.report?.deployments ?? [];
    expect([first?.result, second?.result]).toEqual(['deployed', 'deployed']);
    expect(second?.requests.failed).toBe(0);
    const seconds = second?.steps.reduce((sum, step) => sum + step.seconds, 0) ?? 0;
    expect(second?.requests.total).toBeGreaterThan(50 * seconds - 50);
  });

  it('ends with two machines of the second release', () => {
    const { instances = [] } = finished.report ?? {};
    const commit = site[1]?.commit;
    expect(instances.map(({ colour, commit }) => [colour, commit])).toEqual([
      ['green', commit],
      ['green', commit],
    ]);
  });

  it('leaves nothing: no process, no file', () => {
    expect([finished.leftProcesses, finished.leftFiles]).toEqual([[], []]);
  });
});
