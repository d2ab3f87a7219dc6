import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../lib/rehearsal/git/git.ts';
import type { GitServer } from '../lib/rehearsal/git/server.ts';
import type { Place } from './place.ts';
import { repository } from './repository/repository.ts';
import type { Shape } from './repository/shape.ts';

/** A generated repository that is served over HTTP. */
export interface Served {
  url: string;
  /** The bare repository itself. */
  path: string;
  /** Commits of main, newest first: `commits[3]` is main~3. */
  commits: [string, ...string[]];
  /** Moves main to any commit. */
  moveMain(commit: string): Promise<void>;
  /** The commit that a branch names. */
  tip(branch: string): Promise<string>;
}

/** Most commits that a measure goes back. */
const history = 200;

export async function serve(server: GitServer, place: Place, name: string, shape: Shape): Promise<Served> {
  const path = join(place.path, `${name}.git`);
  cpSync(await repository(shape), path, { recursive: true });
  const newest = await git(['rev-list', '--first-parent', `--max-count=${history}`, 'main'], path);
  return {
    url: await server.serve(name, path),
    path,
    commits: newest.split('\n') as [string, ...string[]],
    async moveMain(commit) {
      await git(['update-ref', 'refs/heads/main', commit], path);
    },
    tip: (branch) => git(['rev-parse', '--verify', `refs/heads/${branch}`], path),
  };
}
