import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from '../../../lib/agent/archive/pack.ts';
import { Git } from '../../../lib/agent/git/git.ts';
import { storeKeys } from '../../../lib/config/resource-names.ts';
import type { Repository } from './repository.ts';
import { compress, type Forged, forge } from './tarball.ts';

/** Key of an archive of the repository `site`. */
export const archiveKey = (commit: string) => storeKeys.archive('web', 'site', commit);

/** A good archive, made as an instance makes it. */
export async function archiveOf({ path }: Repository, commit: string): Promise<Buffer> {
  const work = mkdtempSync(join(tmpdir(), 'holdfast-archive-'));
  try {
    const git = new Git(join(work, 'gitconfig'));
    git.configure();
    return readFileSync(await pack(git, join(path, '.git'), commit, work));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The members of a good archive, to be forged. */
export function membersOf(repository: Repository, commit: string): Forged[] {
  const raw = (...args: string[]) =>
    execFileSync('git', args, { cwd: repository.path, maxBuffer: 1 << 28 }).toString('utf8');
  const listed = raw('ls-tree', '-r', '-t', commit).split('\n').filter(Boolean);
  const members = listed.map((line): Forged => {
    const [, mode = '', , id = '', path = ''] = /^(\d+) (\S+) (\S+)\t(.*)$/.exec(line) ?? [];
    const name = `tree/${path}`;
    if (mode === '040000') return { name: `${name}/`, type: '5', mode: 0o755 };
    const body = raw('cat-file', 'blob', id);
    if (mode === '120000') return { name, type: '2', link: body, mode: 0o777 };
    return { name, body, mode: mode === '100755' ? 0o755 : 0o644 };
  });
  const body = raw('cat-file', 'commit', commit);
  return [{ name: 'commit', body }, { name: 'tree/', type: '5', mode: 0o755 }, ...members];
}

export function packed(members: readonly Forged[]): Buffer {
  return compress(forge(members), 'zstd');
}
