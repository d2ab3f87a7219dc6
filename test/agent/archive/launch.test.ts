import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError } from '../../../lib/local-aws/model/error.ts';
import { archiveKey, archiveOf } from '../../support/agent/archive.ts';
import { importCommits } from '../../support/agent/import.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { type Ended, Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';

const files = {
  'a.txt': 'one\n',
  empty: '',
  'bin/run': { script: '#!/bin/sh\n' },
  'deep/er/link': { link: '../../a.txt' },
  'deep.txt': 'sorts between\n',
  [`long/${'n'.repeat(120)}/${'m'.repeat(200)}`]: 'long names\n',
  'long/link': { link: 'x/'.repeat(90) },
  'ünï/cödé': 'bytes\n',
  '.gitattributes': '*.txt text=auto eol=lf\n',
};

describe('a launch of a recorded release', () => {
  let stage: Stage;
  let repository: Repository;
  let commit: string;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
    commit = repository.commit(files, 'First\n\nMore.');
    stage.record(site(commit));
  });
  afterEach(() => stage.stop());

  const keepArchive = async (of = commit) => stage.store(archiveKey(of), await archiveOf(repository, of));
  const hideHost = () => renameSync(repository.path, join(stage.folder, 'away'));
  const showHost = () => renameSync(join(stage.folder, 'away'), repository.path);
  const phases = ({ summary }: Ended) => summary.phases.map(({ name }) => name);

  it('needs no git host when there is an archive', async () => {
    await keepArchive();
    hideHost();
    const ended = await stage.autoProcess();
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
    expect(phases(ended)).toEqual(['read record', 'archive', 'switch']);
    expect(ended.summary.commits).toEqual({
      site: { author: 'Ada', date: '2026-11-01T10:00:00.000Z', subject: 'First' },
    });
  });

  it('makes the directory that git makes', async () => {
    await stage.auto();
    const byGit = treeAt(stage.current());
    const other = await Stage.start();
    try {
      other.configure({ repositories: { site: { url: 'file:///nowhere', branch: 'main' } } });
      other.record(site(commit));
      other.store(archiveKey(commit), await archiveOf(repository, commit));
      expect((await other.auto()).stderr).toBe('');
      expect(treeAt(other.current())).toEqual(byGit);
    } finally {
      await other.stop();
    }
  });

  it('goes to git, and says so, when there is none', async () => {
    const ended = await stage.auto();
    expect(phases(ended)).toEqual(['read record', 'archive', 'fetch', 'checkout', 'switch']);
    expect(ended.events).toContainEqual(
      expect.objectContaining({ event: 'archive', result: 'not used', because: 'there is none' }),
    );
    expect(ended.events.filter(({ event }) => event === 'warning')).toEqual([]);
  });

  it('goes to git when the store cannot be asked', async () => {
    const error = new AwsError('AccessDenied', 'no', 403);
    const asking = ['GetObject', 'ListObjectsV2'];
    stage.world.faults.add(({ operation }) => (asking.includes(operation) ? { error } : undefined));
    const { code, events } = await stage.auto();
    expect(code).toBe(0);
    expect(JSON.stringify(events)).toContain('AccessDenied');
  });

  it('fails and names both when neither has the commit', async () => {
    hideHost();
    const { code, stderr } = await stage.auto();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^repository site: git .*; its archive: there is none\n$/);
  });

  it('is the start of updates: the next ones come from git, and its directory is the first to go', async () => {
    await keepArchive();
    await stage.auto();
    const first = stage.currentId();
    for (const n of ['2', '3', '4']) {
      stage.record(site(repository.commit({ n })));
      expect((await stage.auto()).stderr).toBe('');
    }
    expect(stage.releases()).not.toContain(first);
    expect(treeAt(stage.current())).toMatchObject({
      n: '644 4',
      'a.txt': '644 one\n',
      'bin/run': '755 #!/bin/sh\n',
    });
  });

  it('can be rolled back to when the git host is gone', async () => {
    await keepArchive();
    await stage.auto();
    const second = repository.commit({ n: '2' });
    stage.record(site(second));
    await stage.auto();
    hideHost();
    stage.record(site(commit));
    const { code, summary, stderr } = await stage.auto();
    expect({ code, stderr, release: summary.release }).toEqual({
      code: 0,
      stderr: '',
      release: site(commit),
    });
    expect(summary.commits).toMatchObject({ site: { subject: 'First' } });
    expect(treeAt(stage.current())).not.toHaveProperty('n');
  });

  describe('that nobody has proven', () => {
    beforeEach(async () => {
      await keepArchive();
      stage.record(site(commit), { verified: false }, '/green');
      stage.configure({ parameters: { release: '/green', deployed: '/none' } });
    });

    it('is proven against git beside the archive', async () => {
      const ended = await stage.auto();
      expect(ended.code).toBe(0);
      expect(phases(ended)).toEqual(expect.arrayContaining(['archive', 'proof']));
      expect(phases(ended)).not.toContain('fetch');
    });

    it('fails when the commit is not on its branch, archive or not', async () => {
      repository.git('checkout', '--quiet', '--orphan', 'other');
      repository.commit({ other: '1' });
      repository.git('branch', '--force', 'main', 'other');
      const { code, summary } = await stage.auto();
      expect({ code, name: summary.error?.name }).toEqual({ code: 4, name: 'UnknownCommit' });
      expect(stage.releases()).toEqual([]);
    });

    it('fails while git cannot be asked', async () => {
      hideHost();
      expect((await stage.auto()).summary.error?.name).toBe('GitFailed');
      showHost();
      expect((await stage.auto()).code).toBe(0);
    });
  });

  it.each([
    ['*.txt eol=crlf', '644 one\r\n'],
    ['*.txt ident', '644 one\n'],
    ['*.txt working-tree-encoding=UTF-16LE', '644 o\0n\0e\0\n\0'],
    ['*.txt filter=lfs', '644 one\n'],
  ])('leaves a commit to git that has %s', async (attribute, expected) => {
    const other = importCommits(repository, [
      { 'a.txt': { data: 'one\n' }, '.gitattributes': { data: `${attribute}\n` } },
    ]);
    await expect(archiveOf(repository, other)).rejects.toThrow(attribute);
    stage.record(site(other));
    expect((await stage.auto()).code).toBe(0);
    expect(treeAt(stage.current())).toMatchObject({ 'a.txt': expected });
  });
});
