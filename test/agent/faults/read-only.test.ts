import type { Repository } from '../../support/agent/repository.ts';
import { noDisks, SmallDisk } from '../../support/agent/small-disk.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { daily } from '../../support/suite/sample.ts';

const it = daily(1 / 3);

const suite = noDisks ? describe.skip : describe;

suite(`a folder that may not be written to${noDisks ?? ''}`, () => {
  let stage: Stage;
  let repository: Repository;
  let disk: SmallDisk;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    disk = new SmallDisk(stage.root, 'size=16m,mode=755');
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
    stage.record(site(repository.commit({ a: 'before' })));
  });
  afterEach(async () => {
    disk.unmount();
    await stage.stop();
  });

  it('fails with 1 before anything is fetched, and says what to do', async () => {
    disk.remount('ro');
    const { code, stderr, summary } = await stage.autoProcess();
    expect({ code, name: summary.error?.name }).toEqual({ code: 1, name: 'BootstrapFailed' });
    expect(stderr).toMatch(
      /^EROFS: read-only file system, .*: expected .* to be writable; mount it for writing/,
    );
    expect(summary.phases).toEqual([]);
  });

  it('leaves what runs, and works again once it may be written to', async () => {
    expect((await stage.auto()).code).toBe(0);
    stage.record(site(repository.commit({ a: 'after' })));
    disk.remount('ro');
    expect((await stage.auto()).code).toBe(1);
    expect(treeAt(stage.current())).toEqual({ a: '644 before' });
    disk.remount('rw');
    expect((await stage.auto()).stderr).toBe('');
    expect(treeAt(stage.current())).toEqual({ a: '644 after' });
  });

  it('is refused when it is another file system than the root', async () => {
    expect((await stage.auto()).code).toBe(0);
    const releases = new SmallDisk(`${stage.root}/site/releases`, 'size=1m');
    const { code, stderr } = await stage.auto();
    releases.unmount();
    expect(code).toBe(1);
    expect(stderr).toMatch(/EXDEV: .*: expected .* to be one file system; mount nothing below it/);
  });
});
