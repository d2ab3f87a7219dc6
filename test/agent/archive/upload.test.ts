import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tags } from '../../../lib/config/resource-names.ts';
import { AwsError } from '../../../lib/local-aws/model/error.ts';
import { archiveKey, archiveOf } from '../../support/agent/archive.ts';
import { Instance } from '../../support/agent/instance.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { Service, service } from '../../support/agent/server.ts';
import { bucket, Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { daily } from '../../support/suite/sample.ts';

describe('an instance that got its commit from git', () => {
  let stage: Stage;
  let repository: Repository;
  let instance: Instance;
  let web: Service;
  let commit: string;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    instance = await Instance.launch(stage);
    web = await Service.in(stage);
    instance.settings({
      repositories: { site: { url: repository.url, branch: 'main', commands: { build: 'date > built' } } },
      start: `RUN=${stage.folder} sh start.sh`,
      port: web.port,
      health: { timeoutSeconds: 10 },
    });
    commit = repository.commit(service, 'Say hello');
    stage.record(site(commit));
  });
  afterEach(async () => {
    web.stop();
    instance.stop();
    await stage.stop();
  });

  const boot = () => instance.boot(instance.userData(instance.storeAgent()));
  const archives = () => {
    const { Contents = [] } = stage.world.s3.listObjectsV2({ Bucket: bucket, Prefix: 'archives/' });
    return Contents.map(({ Key }) => Key);
  };
  /** Another machine: nothing of the first is left on it. */
  const wipe = () => {
    web.stop();
    rmSync(join(instance.home, 'srv'), { recursive: true, force: true });
  };
  const tree = () => treeAt(join(instance.home, 'srv/holdfast/site/current'));

  it('keeps its archive, and the next one launches from it while the git host is gone', async () => {
    const first = await boot();
    expect(first.code).toBe(0);
    expect(archives()).toEqual([archiveKey(commit)]);
    const { built: _, ...byGit } = tree();
    wipe();
    renameSync(repository.path, join(stage.folder, 'away'));
    const second = await boot();
    expect(second).toMatchObject({ code: 0, output: expect.stringContaining('"result":"taken"') });
    const { built: __, ...fromArchive } = tree();
    expect(fromArchive).toEqual(byGit);
    expect(instance.report()).toMatchObject({
      result: 'ready',
      release: { site: { commit, author: 'Ada', subject: 'Say hello' } },
    });
    expect(instance.report().warnings).toBeUndefined();
  });

  it('keeps it once it is in service, and enters service also when it cannot', async () => {
    const told: string[] = [];
    const error = new AwsError('AccessDenied', 'no', 403);
    stage.world.faults.add(({ operation, input }) => {
      const isArchive = operation === 'PutObject' && String(input.Key).startsWith('archives/');
      if (operation === 'CompleteLifecycleAction') told.push('in service');
      if (isArchive) told.push('archive');
      return isArchive ? { error } : undefined;
    });
    const { code, output } = await boot();
    expect(code).toBe(0);
    expect(told).toEqual(['in service', 'archive']);
    expect(output).toContain(`commit ${commit} gets no archive`);
    expect(instance.report().result).toBe('ready');
  });

  it('never replaces one, and reports one that is poisoned', async () => {
    stage.store(archiveKey(commit), Buffer.from('poison'));
    const { code, output } = await boot();
    expect(code).toBe(0);
    expect(output).toContain('is there already');
    expect(instance.report()).toMatchObject({
      result: 'ready',
      warnings: [
        expect.stringMatching(/^archive s3:\/\/store\/archives\/web\/site\/.* is damaged or forged/),
      ],
    });
    const { Body } = stage.world.s3.getObject({ Bucket: bucket, Key: archiveKey(commit) });
    expect(Buffer.from(Body).toString()).toBe('poison');
  });

  daily(1 / 2).each([
    ['submodules', () => repository.git('update-index', '--add', '--cacheinfo', `160000,${commit},inner`)],
    ['eol=crlf', () => repository.commit({ '.gitattributes': '*.txt eol=crlf\n' })],
  ])('keeps none of a commit that no archive can hold, and says why: %s', async (problem, change) => {
    change();
    repository.git('commit', '--quiet', '--allow-empty', '--message', 'Odd');
    stage.record(site(repository.git('rev-parse', 'HEAD')), {}, '/holdfast/test/web/green');
    instance.tag(tags.record, '/holdfast/test/web/green:1');
    const { code, output } = await boot();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining(problem) });
    expect(output).toMatch(/commit [0-9a-f]{40} gets no archive/);
    expect(archives()).toEqual([]);
  });

  it('is not asked twice: a reboot keeps nothing', async () => {
    await boot();
    stage.world.s3.deleteObject({ Bucket: bucket, Key: archiveKey(commit) });
    expect((await boot()).output).toContain('"result":"unchanged"');
    expect(archives()).toEqual([]);
  });
});

describe('what is packed', () => {
  it('is the commit as git keeps it: nothing that a build wrote, nothing left out or filled in', async () => {
    const stage = await Stage.start();
    try {
      const repository = stage.repository();
      const commit = repository.commit({
        '.gitattributes': 'secret export-ignore\nversion export-subst\n*.txt text eol=lf\n',
        secret: 'kept',
        version: '$Format:%H$',
        'a.txt': 'a\n',
      });
      writeFileSync(join(repository.path, 'a.txt'), 'written by a build');
      stage.configure({ repositories: { site: { url: 'file:///nowhere', branch: 'main' } } });
      stage.record(site(commit));
      stage.store(archiveKey(commit), await archiveOf(repository, commit));
      expect((await stage.auto()).stderr).toBe('');
      expect(treeAt(stage.current())).toMatchObject({
        secret: '644 kept',
        version: '644 $Format:%H$',
        'a.txt': '644 a\n',
      });
      expect(readFileSync(join(repository.path, 'a.txt'), 'utf8')).toBe('written by a build');
    } finally {
      await stage.stop();
    }
  });
});
