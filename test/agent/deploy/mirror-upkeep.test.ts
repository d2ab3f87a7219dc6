import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addPacks } from '../../support/agent/packs.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';

describe('the mirror', () => {
  let stage: Stage;
  let repository: Repository;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
  });
  afterEach(() => stage.stop());

  const packs = () => join(stage.root, '.holdfast/repositories/site/mirror.git/objects/pack');
  const deploy = async (n: number) => {
    stage.record(site(repository.commit({ n: `${n}` })));
    const { stderr, events } = await stage.auto();
    expect(stderr).toBe('');
    return events;
  };

  it('is put together when it is spread over many packs, and goes on working', async () => {
    await deploy(0);
    addPacks(join(packs(), '../..'), 21);
    expect((await deploy(1)).map(({ name }) => name)).not.toContain('upkeep');
    expect((await deploy(2)).filter(({ name }) => name === 'upkeep')).toMatchObject([{ repository: 'site' }]);
    expect(readdirSync(packs()).filter((name) => name.endsWith('.pack'))).toHaveLength(1);
    await deploy(99);
    expect(treeAt(stage.current())).toEqual({ n: '644 99' });
  });

  it('in which a killed git left locks and halves of packs is swept', async () => {
    await deploy(0);
    const mirror = join(packs(), '../..');
    const left = ['shallow.lock', 'packed-refs.lock', 'refs/holdfast/x.lock', 'objects/pack/tmp_pack_x'];
    for (const name of left) writeFileSync(join(mirror, name), '');
    await deploy(1);
    expect(left.filter((name) => existsSync(join(mirror, name)))).toEqual([]);
  });

  it('that is damaged is fetched anew', async () => {
    await deploy(0);
    const first = repository.git('rev-parse', 'HEAD');
    await deploy(1);
    for (const name of readdirSync(packs()).filter((each) => each.endsWith('.pack'))) {
      // Git lets nobody but root write to it.
      chmodSync(join(packs(), name), 0o644);
      writeFileSync(join(packs(), name), 'gone');
    }
    stage.record(site(first));
    const { code, events } = await stage.auto();
    expect(code).toBe(0);
    expect(JSON.stringify(events)).toContain('the mirror of repository site is damaged');
    expect(treeAt(stage.current())).toEqual({ n: '644 0' });
  });
});
