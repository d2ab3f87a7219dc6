import { importCommits } from '../../support/agent/import.ts';
import { Programs } from '../../support/agent/programs.ts';
import { Stage, site } from '../../support/agent/stage.ts';

describe('a commit with attributes in many folders', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.start();
  });
  afterEach(() => stage.stop());

  it('is looked through by two programs, however many there are', async () => {
    const repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
    const attributes = (n: number) => [`${n}/.gitattributes`, { data: `*.${n} text\n` }] as const;
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, n) => attributes(n)));
    const lfs = { data: '*.bin filter=lfs -text\n' };
    stage.record(site(importCommits(repository, [{ ...files, '299/x/.gitattributes': lfs }])));
    const programs = new Programs(stage);
    expect(await programs.strike('none of them', 'kill the program')).toBe(false);
    expect(programs.calls().filter((call) => call === 'git cat-file')).toHaveLength(2);
    expect(stage.releases()).toHaveLength(1);
  });

  it('warns of Git LFS when any of them names it', async () => {
    const repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
    const long = { data: `# ${'x'.repeat(1024 * 1024)}\n*.bin filter=lfs\n` };
    const files = { '.gitattributes': long, 'a/.gitattributes': { data: '*.txt text\n' } };
    stage.record(site(importCommits(repository, [files])));
    expect(JSON.stringify((await stage.auto()).events)).not.toContain('Git LFS');
    const named = { ...files, 'b/.gitattributes': { data: '*.bin filter=lfs\n' } };
    stage.record(site(importCommits(repository, [named])));
    expect(JSON.stringify((await stage.auto()).events)).toContain('files in Git LFS stay pointers');
  });
});
