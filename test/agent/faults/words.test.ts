import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { branches, commits, keys, mark, urls } from '../../support/agent/hostile.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { deployed, Stage, site } from '../../support/agent/stage.ts';
import { daily } from '../../support/suite/sample.ts';

const it = daily(1 / 3);

const commit = 'a'.repeat(40);

/** Good names for git, and traps for a shell, a refspec, or a reader. */
const odd = [
  'refs/heads/main',
  'HEAD',
  'FETCH_HEAD',
  `a;touch\${IFS}${mark}`,
  `$(touch\${IFS}${mark})`,
  `\`touch\${IFS}${mark}\``,
  'a|b',
  'a&b',
  "a'b",
  'a"b',
  '+main',
  '!main',
  '%2e%2e',
  'a/-b',
  '{a,b}',
  'x{y',
  '#',
  'm\u0430in',
  'main\u200b',
  'ma\u0131n',
  '\u202emain',
  'refs/pull/1/head',
];

describe('hostile words', () => {
  let stage: Stage;
  let repository: Repository;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    repository.commit({ a: '1' });
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
  });
  afterEach(async () => {
    await stage.stop();
    expect(existsSync(mark)).toBe(false);
  });

  it.each<[string, string[]]>([
    ['--branch', branches],
    ['--commit', commits],
    ['--overlay', keys],
  ])('refuses hostile words behind %s with 2', async (option, hostile) => {
    for (const value of hostile) {
      const { code, stderr } = await stage.deploy(`${option}=${value}`);
      expect({ value, code, lines: stderr.split('\n').length }).toEqual({ value, code: 2, lines: 2 });
    }
    expect(existsSync(stage.root)).toBe(false);
  });

  it('refuses a hostile settings file with 2, a hostile record with 1, and touches nothing', async () => {
    for (const value of urls) {
      stage.configure({ repositories: { site: { url: value, branch: 'main' } } });
      expect({ value, code: (await stage.auto()).code }).toEqual({ value, code: 2 });
    }
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
    for (const value of [`--upload-pack=touch ${mark}`, 'a..b', 'main\n']) {
      stage.record(site(commit, {}, value));
      const { code, summary } = await stage.auto();
      expect({ value, code, name: summary.error?.name }).toEqual({ value, code: 1, name: 'InvalidRecord' });
    }
    expect(readdirSync(stage.root)).toEqual(['.holdfast']);
  });

  it('takes odd names of branches literally: they are not there', async () => {
    for (const branch of odd.slice(5)) {
      const { code, stderr } = await stage.deploy(`--branch=${branch}`);
      expect({ code, stderr }).toEqual({
        code: 4,
        stderr: `repository site: found no branch ${branch}; push it, or name another\n`,
      });
    }
  });

  it('takes odd names of branches literally: they are there', async () => {
    for (const branch of odd.slice(0, 9)) {
      repository.git('checkout', '--quiet', '--detach');
      const tip = repository.commit({ a: branch });
      repository.git('update-ref', `refs/heads/${branch}`, tip);
      const { code, summary } = await stage.deploy(`--branch=${branch}`, `--commit=${tip}`);
      expect({ code, release: summary.release }).toEqual({ code: 0, release: site(tip, {}, branch) });
      expect(stage.recorded(deployed).release).toEqual(site(tip, {}, branch));
    }
  });

  it('refuses settings that are no JSON, or name a key twice in another spelling', async () => {
    for (const text of ['', '{', 'null', '[]', '"x"', '{"__proto__": {}}']) {
      writeFileSync(join(stage.folder, 'settings.json'), text);
      expect((await stage.auto()).code).toBe(2);
    }
  });
});
