import { rmSync } from 'node:fs';
import { repository } from '../../../bench/repository/repository.ts';
import { git } from '../../../lib/rehearsal/git/git.ts';

const shape = { files: 120, fileBytes: 300, commits: 6, changes: [1, 50] };
let path: string;

beforeAll(async () => {
  path = await repository(shape);
});
afterAll(() => rmSync(path, { recursive: true, force: true }));

const lines = async (...args: string[]) => (await git(args, path)).split('\n');

it('holds the files and commits that were asked for', async () => {
  expect(await lines('rev-list', 'main')).toHaveLength(6);
  const files = await lines('ls-tree', '-r', '--name-only', 'main');
  expect(files.filter((file) => file.startsWith('area-'))).toHaveLength(120);
});

it('is the same repository on every machine', async () => {
  expect(await git(['rev-parse', 'main'], path)).toBe('888c9c32b5ab22bc143dbf84fef684b255b4acd6');
  expect(await repository(shape)).toBe(path);
});

it('changes as many files as a branch is named after, and VERSION', async () => {
  expect(await lines('diff', '--name-only', 'main', 'changed-1')).toHaveLength(2);
  expect(await lines('diff', '--name-only', 'main', 'changed-50')).toHaveLength(51);
});

it('numbers its commits', async () => {
  expect(await git(['show', 'main:VERSION'], path)).toBe('5');
  expect(await git(['show', 'main~5:VERSION'], path)).toBe('0');
});
