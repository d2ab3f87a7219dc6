import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../../support/agent/repository.ts';
import { type Ended, Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';

const hosts = ['a', 'b', 'c', 'd'];

describe('hosts that record', () => {
  let stage: Stage;
  let repository: Repository;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    stage.configure({
      repositories: { site: { url: repository.url, branch: 'main' } },
      record: { waitSeconds: 0.5 },
    });
  });
  afterEach(() => stage.stop());

  const rootOf = (host: string) => join(stage.folder, `host-${host}`);
  const treeOf = (host: string) => treeAt(join(rootOf(host), 'site/current'));

  /** The agent as a process on each host, all at once. */
  async function deployOnAll(optionsOf: (host: string) => string[] = () => []): Promise<Ended[]> {
    const settings = JSON.parse(readFileSync(stage.settingsFile, 'utf8')) as object;
    const running = hosts.map((host) => {
      const file = join(stage.folder, `${host}.json`);
      writeFileSync(file, JSON.stringify({ ...settings, root: rootOf(host) }));
      return stage.begin(['deploy', '--settings', file, ...optionsOf(host)]).ended;
    });
    return await Promise.all(running);
  }

  it('decide at the same time: each runs the same release, and the record names it', async () => {
    const first = repository.commit({ a: '1' });
    const second = repository.commit({ a: '2' });
    const ended = await deployOnAll();
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(ended.map(({ summary }) => summary.release)).toEqual(hosts.map(() => site(second)));
    expect(hosts.map(treeOf)).toEqual(hosts.map(() => ({ a: '644 2' })));
    expect(stage.recorded().release).toEqual(site(second));

    // Two decide for one release, two for another: each is told whether the record names its own.
    const third = repository.commit({ a: '3' });
    const mixed = await deployOnAll((host) => ['--commit', host < 'c' ? first : third]);
    const { release } = stage.recorded();
    expect(mixed.filter(({ code }) => code === 0)).not.toEqual([]);
    for (const { code, summary } of mixed.filter(({ code }) => code !== 0))
      expect({ code, name: summary.error?.name }).toEqual({ code: 6, name: 'RecordChanged' });
    expect([site(first), site(third)]).toContainEqual(release);

    // All follow the record.
    const followed = await deployOnAll(() => ['--auto']);
    expect(followed.map(({ code, summary }) => [code, summary.release])).toEqual(
      hosts.map(() => [0, release]),
    );
  });
});
