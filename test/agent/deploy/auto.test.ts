import { renameSync } from 'node:fs';
import { AwsError } from '../../../lib/local-aws/model/error.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { deployed, Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';

describe('auto mode', () => {
  let stage: Stage;
  let repository: Repository;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
  });
  afterEach(() => stage.stop());

  it('puts exactly the recorded commit on disk', async () => {
    const files = {
      'a.txt': 'one\n',
      'bin/run': { script: '#!/bin/sh\n' },
      'deep/er/link': { link: '../../a.txt' },
    };
    const commit = repository.commit(files, 'First');
    repository.commit({ 'a.txt': 'two\n' });
    stage.record(site(commit));
    const { code, summary, stderr } = await stage.autoProcess();
    expect({ code, stderr, result: summary.result }).toEqual({ code: 0, stderr: '', result: 'deployed' });
    expect(summary.release).toEqual(site(commit));
    expect(summary.commits).toEqual({
      site: { author: 'Ada', date: '2026-11-01T10:00:00.000Z', subject: 'First' },
    });
    expect(treeAt(stage.current())).toEqual({
      'a.txt': '644 one\n',
      bin: '755 folder',
      'bin/run': '755 #!/bin/sh\n',
      deep: '755 folder',
      'deep/er': '755 folder',
      'deep/er/link': '-> ../../a.txt',
    });
  });

  it('tells phases with seconds, and the summary last', async () => {
    stage.record(site(repository.commit({ a: '1' })));
    const { events, summary } = await stage.auto();
    const names = ['read record', 'archive', 'fetch', 'checkout', 'switch'];
    expect(summary.phases.map(({ name }) => name)).toEqual(names);
    for (const { seconds } of summary.phases) expect(seconds).toBeGreaterThanOrEqual(0);
    expect(events.every(({ at, event }) => typeof at === 'string' && typeof event === 'string')).toBe(true);
  });

  it('does nothing when the release is current', async () => {
    stage.record(site(repository.commit({ a: '1' })));
    await stage.auto();
    const id = stage.currentId();
    const { code, summary } = await stage.auto();
    expect({ code, result: summary.result, id: stage.currentId() }).toEqual({
      code: 0,
      result: 'unchanged',
      id,
    });
  });

  it('reads the named version and no other', async () => {
    const first = repository.commit({ a: '1' });
    stage.record(site(first), {}, '/blue');
    stage.record(site(repository.commit({ a: '2' })), {}, '/blue');
    stage.configure({ parameters: { release: '/blue:1', deployed } });
    expect((await stage.auto()).summary.release).toEqual(site(first));
  });

  it('fails with 3 when nothing is recorded, and never falls back to another record', async () => {
    stage.record(site(repository.commit({ a: '1' })));
    stage.configure({ parameters: { release: '/blue', deployed } });
    const { code, stderr, summary } = await stage.auto();
    expect({ code, name: summary.error?.name }).toEqual({ code: 3, name: 'NothingRecorded' });
    expect(stderr).toMatch(/^parameter \/blue does not exist: .*\n$/);
    expect(stage.releases()).toEqual([]);
  });

  it('fails with 1 when Parameter Store cannot be asked', async () => {
    const error = new AwsError('AccessDeniedException', 'not allowed', 400);
    stage.world.faults.add(({ service }) => (service === 'ssm' ? { error } : undefined));
    const { code, summary } = await stage.auto();
    expect({ code, name: summary.error?.name }).toEqual({ code: 1, name: 'AwsFailed' });
  });

  it('fails with 1 on a record that is garbage', async () => {
    stage.world.ssm.putParameter({ Name: deployed, Value: 'garbage', Type: 'String' });
    const { code, summary } = await stage.auto();
    expect({ code, name: summary.error?.name }).toEqual({ code: 1, name: 'InvalidRecord' });
  });

  it('skips a repository that the record does not name, with a warning', async () => {
    const url = repository.url;
    stage.configure({ repositories: { site: { url, branch: 'main' }, states: { url, branch: 'main' } } });
    stage.record(site(repository.commit({ a: '1' })));
    const { code, events } = await stage.auto();
    expect(code).toBe(0);
    expect(events.filter(({ event }) => event === 'warning')).toMatchObject([{ repository: 'states' }]);
    expect(stage.releases('states')).toEqual([]);
  });

  it('fails with 3 when the record names none of the repositories', async () => {
    stage.record({ other: { branch: 'main', commit: repository.commit({ a: '1' }) } });
    expect((await stage.auto()).code).toBe(3);
  });

  it('needs no git host for a commit that it fetched before', async () => {
    const [first, second] = [repository.commit({ a: '1' }), repository.commit({ a: '2' })];
    for (const commit of [first, second]) {
      stage.record(site(commit));
      await stage.auto();
    }
    renameSync(repository.path, `${repository.path}-away`);
    stage.record(site(first));
    const { code, summary } = await stage.auto();
    expect({ code, result: summary.result }).toEqual({ code: 0, result: 'deployed' });
    expect(treeAt(stage.current())).toEqual({ a: '644 1' });
  });

  it('launches a recorded commit after a forced push took it off its branch', async () => {
    repository.commit({ a: '0' });
    const commit = repository.commit({ a: '1' });
    repository.git('reset', '--quiet', '--hard', 'HEAD~1');
    repository.commit({ a: '2' });
    stage.record(site(commit));
    expect((await stage.auto()).code).toBe(0);
    expect(treeAt(stage.current())).toEqual({ a: '644 1' });
  });

  describe('with a record that is not verified', () => {
    it('applies a commit that is on its branch', async () => {
      const commit = repository.commit({ a: '1' });
      repository.commit({ a: '2' });
      stage.record(site(commit), { verified: false });
      expect((await stage.auto()).code).toBe(0);
    });

    it('fails with 4 on a commit that is not on its branch', async () => {
      repository.commit({ a: '1' });
      repository.git('checkout', '--quiet', '-b', 'other');
      const commit = repository.commit({ a: '2' });
      stage.record(site(commit), { verified: false }, '/blue');
      stage.configure({ parameters: { release: '/blue', deployed } });
      const { code, stderr } = await stage.auto();
      expect(code).toBe(4);
      expect(stderr).toContain(`commit ${commit} is not on branch main`);
      expect(stage.releases()).toEqual([]);
    });

    it('fails with 4 on a branch that is gone', async () => {
      const commit = repository.commit({ a: '1' });
      stage.record(site(commit, {}, 'gone'), { verified: false });
      stage.configure({ parameters: { release: `${deployed}:1`, deployed: '/none' } });
      const { code, stderr } = await stage.auto();
      expect(code).toBe(4);
      expect(stderr).toContain('found no branch gone');
    });

    it('asks for no proof when the same release was deployed before', async () => {
      repository.commit({ a: '1' });
      repository.git('checkout', '--quiet', '-b', 'other');
      const commit = repository.commit({ a: '2' });
      stage.record(site(commit));
      stage.record(site(commit), { verified: false }, '/blue');
      stage.configure({ parameters: { release: '/blue', deployed } });
      expect((await stage.auto()).code).toBe(0);
    });
  });

  it('asks for no proof of a repository whose commit was deployed before, beside one that has to be proven', async () => {
    const url = repository.url;
    stage.configure({ repositories: { site: { url, branch: 'main' }, states: { url, branch: 'main' } } });
    const first = repository.commit({ a: '1' });
    const states = { branch: 'gone', commit: first };
    const second = repository.commit({ a: '2' });
    stage.record({ ...site(first), states });
    stage.record({ ...site(second), states }, { verified: false }, '/blue');
    stage.configure({ parameters: { release: '/blue', deployed } });
    expect((await stage.auto()).summary.release).toEqual({ ...site(second), states });
    stage.record({ ...site(second), states: { ...states, commit: second } }, { verified: false }, '/blue');
    expect((await stage.auto()).code).toBe(4);
  });

  it('fails with 4 on a commit that nobody has', async () => {
    repository.commit({ a: '1' });
    stage.record(site('0123456789'.repeat(4)));
    expect((await stage.auto()).code).toBe(4);
  });

  it('fails with 1 when the git host is away, and leaves what runs', async () => {
    stage.record(site(repository.commit({ a: '1' })));
    await stage.auto();
    stage.record(site(repository.commit({ a: '2' })));
    renameSync(repository.path, `${repository.path}-away`);
    const { code, summary } = await stage.auto();
    expect({ code, name: summary.error?.name }).toEqual({ code: 1, name: 'GitFailed' });
    expect(treeAt(stage.current())).toEqual({ a: '644 1' });
  });

  it('prepares all repositories before it switches the first', async () => {
    const other = stage.repository('other');
    stage.configure({
      repositories: {
        site: { url: repository.url, branch: 'main' },
        states: { url: other.url, branch: 'main' },
      },
    });
    const states = { branch: 'main', commit: other.commit({ s: '1' }) };
    stage.record({ ...site(repository.commit({ a: '1' })), states });
    expect((await stage.auto()).code).toBe(0);
    stage.record({
      ...site(repository.commit({ a: '2' })),
      states: { branch: 'main', commit: 'f'.repeat(40) },
    });
    expect((await stage.auto()).code).toBe(4);
    expect(treeAt(stage.current())).toEqual({ a: '644 1' });
    expect(treeAt(stage.current('states'))).toEqual({ s: '644 1' });
  });
});
