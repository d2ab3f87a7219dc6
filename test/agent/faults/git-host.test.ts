import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type GitHost, startGitHost } from '../../support/agent/git-host.ts';
import { type Line, startLine, type Weakness } from '../../support/agent/line.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { daily } from '../../support/suite/sample.ts';

const it = daily(1 / 3);

describe('a git host over a bad line', () => {
  let stage: Stage;
  let repository: Repository;
  let host: GitHost;
  let line: Line;
  let body: string;
  const patience = process.env.GIT_HTTP_LOW_SPEED_TIME;

  beforeEach(async () => {
    process.env.GIT_HTTP_LOW_SPEED_TIME = '1';
    stage = await Stage.start();
    repository = stage.repository();
    host = await startGitHost(repository);
    stage.configure({ repositories: { site: { url: host.url, branch: 'main' } } });
    stage.record(site(repository.commit({ a: 'before' })));
    expect((await stage.auto()).stderr).toBe('');
    body = randomBytes(150_000).toString('base64');
    stage.record(site(repository.commit({ a: 'after', body })));
  });
  afterEach(async () => {
    if (patience === undefined) delete process.env.GIT_HTTP_LOW_SPEED_TIME;
    else process.env.GIT_HTTP_LOW_SPEED_TIME = patience;
    await line.close();
    await host.close();
    await stage.stop();
  });

  async function lineWith(weakness: (connection: number) => Weakness | undefined): Promise<void> {
    line = await startLine(host.url, weakness);
    stage.configure({ repositories: { site: { url: line.url, branch: 'main' } } });
  }

  async function expectDeployed(): Promise<void> {
    const { code, stderr } = await stage.auto();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(treeAt(stage.current())).toEqual({ a: '644 after', body: `644 ${body}` });
  }

  async function expectRefused(sentence: RegExp): Promise<void> {
    const { code, stderr, summary } = await stage.auto();
    expect({ code, stderr, name: summary.error?.name }).toEqual({
      code: 1,
      stderr: expect.stringMatching(sentence),
      name: 'GitFailed',
    });
    expect(treeAt(stage.current())).toEqual({ a: '644 before' });
    const own = join(stage.root, '.holdfast/repositories/site');
    expect(existsSync(join(own, 'work'))).toBe(false);
    const mirror = readdirSync(join(own, 'mirror.git'), { recursive: true }).map(String);
    expect(mirror.filter((name) => /\.lock$|tmp_/.test(name))).toEqual([]);
  }

  it.each([
    ['before it answers', 0],
    ['half-way through the answer', 200],
    ['half-way through the pack', 50_000],
  ])('that cuts once %s is asked again', async (_, after) => {
    await lineWith((n) => (n === 0 ? { after, how: 'cut' } : undefined));
    await expectDeployed();
    expect(line.connections).toBeGreaterThan(1);
  });

  it('that cuts every pack half-way is given up, and serves again later', async () => {
    await lineWith(() => ({ after: 50_000, how: 'cut' }));
    await expectRefused(
      /^repository site: git fetch: .*(curl|early EOF|disconnect).*; asked 3 times, deploy again when the host answers/,
    );
    await line.close();
    await lineWith(() => undefined);
    await expectDeployed();
  });

  it.each([
    ['before it answers', 0],
    ['half-way through the pack', 50_000],
  ])('that hangs once %s is asked again', async (_, after) => {
    await lineWith((n) => (n === 0 ? { after, how: 'hang' } : undefined));
    await expectDeployed();
    expect(line.connections).toBeGreaterThan(1);
  });

  it('that always hangs is given up', async () => {
    await lineWith(() => ({ after: 0, how: 'hang' }));
    await expectRefused(/^repository site: git .*Operation too slow.*; asked 3 times/);
  });

  it('that is slow but alive is waited for', async () => {
    await lineWith(() => ({ after: 20_000, how: { trickle: 3_000 } }));
    await expectDeployed();
    expect(line.connections).toBe(1);
  });
});
