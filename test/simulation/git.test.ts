import { SimulatedGit } from '../../lib/simulation/git.ts';

const url = 'https://git.example.com/site.git';

test('knows tips and what a branch holds', async () => {
  const git = new SimulatedGit();
  git.push(url, 'main', 'a', 'b');
  git.push(url, 'main', 'c');
  git.push(url, 'other', 'd');
  expect(await git.tip({ url }, 'main')).toBe('c');
  expect(await git.tip({ url }, 'nowhere')).toBeUndefined();
  expect(await git.holds(url, 'main', 'a')).toBe(true);
  expect(await git.holds(url, 'main', 'd')).toBe(false);
  git.remove(url, 'main');
  expect(await git.tip({ url }, 'main')).toBeUndefined();
  expect(await git.tip({ url }, 'other')).toBe('d');
});

test('a host that is down answers nothing', async () => {
  const git = new SimulatedGit();
  git.isDown = true;
  await expect(git.tip({ url }, 'main')).rejects.toMatchObject({ name: 'GitFailed' });
  await expect(git.holds(url, 'main', 'a')).rejects.toMatchObject({ name: 'GitFailed' });
});
