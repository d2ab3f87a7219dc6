import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../lib/rehearsal/git/git.ts';
import { examplePlan, planRepository } from '../../lib/rehearsal/plan.ts';

const identity = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@b',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@b',
};

describe('the plan of a rehearsal', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const kinds = (acts: { kind: string; expected?: { result: string } }[]) =>
    acts.map(({ kind, expected }) => expected?.result ?? kind);

  it('is, for the sample site: deployed, scaled out, deployed, refused', async () => {
    const plan = await examplePlan(folder);
    expect(kinds(plan.acts)).toEqual(['deployed', 'scale-out', 'deployed', 'refused']);
    const [first] = plan.acts;
    const commit = first?.kind === 'deploy' ? first.commit : '';
    expect(plan.nameOf(commit)).toBe(`${commit.slice(0, 8)} (v1)`);
    expect(plan.wrongBody?.('<h1>Sample site, release v2</h1>')).toBeUndefined();
    expect(plan.wrongBody?.('<h1>Sample site, release v3</h1>')).toBe('a page of neither v1 nor v2');
    expect(plan.isPageOf?.(commit, 'release v1<')).toBe(true);
    expect(plan.isPageOf?.(commit, 'release v2<')).toBe(false);
  });

  describe('of a given repository', () => {
    let tip: string;

    beforeEach(async () => {
      await git(['init', '--quiet', '--initial-branch=main'], folder);
      await git(['commit', '--quiet', '--allow-empty', '-m', 'one'], folder, identity);
      tip = await git(['rev-parse', 'HEAD'], folder);
    });

    it('deploys the tip, scales out, and deploys the tip again', async () => {
      const plan = await planRepository({ repository: folder, run: 'serve' });
      expect(kinds(plan.acts)).toEqual(['deployed', 'scale-out', 'deployed']);
      expect(plan).toMatchObject({ branch: 'main', run: 'serve', healthPath: '/', goesOn: false });
    });

    it('deploys exactly the given commits, and goes on after one that is refused', async () => {
      const commits = [tip.slice(0, 8), 'HEAD'];
      const plan = await planRepository({ repository: folder, run: 'serve', commits, healthPath: '/up' });
      const deployed = { kind: 'deploy', commit: tip, expected: { result: 'deployed' } };
      expect(plan).toMatchObject({ acts: [deployed, deployed], goesOn: true, healthPath: '/up' });
      expect(plan.acts).toHaveLength(2);
    });
  });
});
