import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Repository } from './repository.ts';

/** Files by path (bytes as latin1): content, and mode when it is not that of a plain file. */
export type Files = Record<string, { data: string; mode?: '100644' | '100755' | '120000' | '160000' }>;

/** Commits trees as they are given, one after the other on branch main, however many; gives the tip. */
export function importCommits(
  repository: Repository,
  trees: Iterable<Files>,
  seconds = 1_700_000_000,
): string {
  const hasBranch = repository.git('for-each-ref', 'refs/heads/main') !== '';
  let isFirst = true;
  let stream = '';
  for (const files of trees) {
    stream += `commit refs/heads/main\ncommitter A <a@b> ${seconds} +0000\ndata 1\nx\n`;
    if (isFirst && hasBranch) stream += 'from refs/heads/main^0\n';
    isFirst = false;
    stream += `deleteall\n${Object.entries(files).map(fileOf).join('')}\n`;
  }
  const input = Buffer.from(stream, 'latin1');
  execFileSync('git', ['fast-import', '--quiet', '--force', '--date-format=raw-permissive'], {
    cwd: repository.path,
    input,
  });
  return repository.git('rev-parse', 'refs/heads/main');
}

function fileOf([path, { data, mode = '100644' }]: [string, Files[string]]): string {
  const name = [...path].map((each) => `\\${each.charCodeAt(0).toString(8).padStart(3, '0')}`).join('');
  if (mode === '160000') return `M 160000 ${data} "${name}"\n`;
  return `M ${mode} inline "${name}"\ndata ${data.length}\n${data}\n`;
}

/** The hash that git gives to a folder as a tree: two are the same when all names, modes and bytes are. */
export function treeHash(repository: Repository, folder: string): string {
  const scratch = mkdtempSync(join(tmpdir(), 'holdfast-index-'));
  const env = {
    ...process.env,
    GIT_DIR: join(repository.path, '.git'),
    GIT_WORK_TREE: folder,
    GIT_INDEX_FILE: join(scratch, 'index'),
  };
  try {
    execFileSync('git', ['add', '--all', '--force', '.'], { cwd: folder, env, stdio: 'pipe' });
    return execFileSync('git', ['write-tree'], { cwd: folder, env }).toString().trim();
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
