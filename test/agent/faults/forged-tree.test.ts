import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { importCommits } from '../../support/agent/import.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { daily } from '../../support/suite/sample.ts';

const it = daily(1 / 3);

describe('a commit', () => {
  let stage: Stage;
  let repository: Repository;
  const plain = (data: string) => ({ data });

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
  });
  afterEach(() => stage.stop());

  async function deploy(commit: string) {
    stage.record(site(commit));
    return await stage.auto();
  }

  /** A tree object of any entries: git itself would not make it. */
  function forgeTree(entries: [mode: string, name: string, hash: string][]): string {
    const body = Buffer.concat(
      entries.map(([mode, name, hash]) =>
        Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(hash, 'hex')]),
      ),
    );
    const options = { cwd: repository.path, input: body };
    return execFileSync('git', ['hash-object', '-t', 'tree', '-w', '--stdin', '--literally'], options)
      .toString()
      .trim();
  }

  it.each(['..', '.', '.git', '.GIT', 'a/../../evil', '/etc/evil'])(
    'that names a file %j is refused',
    async (name) => {
      await deploy(importCommits(repository, [{ a: plain('before') }]));
      const blob = repository.git('rev-parse', 'main:a');
      const inner = forgeTree([['100644', 'evil', blob]]);
      const tree = forgeTree(name.includes('/') ? [['100644', name, blob]] : [['40000', name, inner]]);
      const commit = repository.git('commit-tree', tree, '-m', 'x');
      repository.git('update-ref', 'refs/heads/main', commit);
      stage.record(site(commit));
      const { code, summary } = await stage.auto();
      expect({ code, name: summary.error?.name }).toEqual({ code: 1, name: 'GitFailed' });
      expect(treeAt(stage.current())).toEqual({ a: '644 before' });
      expect(readdirSync(stage.root).toSorted()).toEqual(['.holdfast', 'site']);
    },
  );

  it('that names a link and a folder the same writes nothing through the link', async () => {
    const outside = join(stage.folder, 'outside');
    await deploy(importCommits(repository, [{ a: plain('before'), l: { data: outside, mode: '120000' } }]));
    const [blob, target] = ['main:a', 'main:l'].map((name) => repository.git('rev-parse', name));
    const inner = forgeTree([['100644', 'evil', blob ?? '']]);
    const commit = repository.git(
      'commit-tree',
      forgeTree([
        ['120000', 'x', target ?? ''],
        ['40000', 'x', inner],
      ]),
      '-m',
      'x',
    );
    repository.git('update-ref', 'refs/heads/main', commit);
    mkdirSync(outside);
    stage.record(site(commit));
    expect((await stage.auto()).code).toBe(0);
    expect(readdirSync(outside)).toEqual([]);
    expect(treeAt(stage.current())).toEqual({ x: '755 folder', 'x/evil': '644 before' });
  });
});
