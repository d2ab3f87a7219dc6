import { join } from 'node:path';
import type { Tarball } from '../../lib/release/release.ts';
import type { Bench } from '../bench.ts';
import type { Deployer } from '../deployer.ts';
import { names } from '../names.ts';
import { wipe } from '../setting.ts';
import { agent, compileCache, type Summary } from './agent.ts';

export interface HoldfastOptions {
  /** Whether the recorded commit is known to be on its branch. Default: true. */
  verified?: boolean;
  /** Unpacked over the tree. Default: none. */
  overlay?: Tarball;
}

/** The agent in auto mode with a repository from git. */
export interface Holdfast extends Deployer {
  root: string;
  summaries: Summary[];
}

export function holdfast(bench: Bench, url: string, options: HoldfastOptions = {}): Holdfast {
  const { verified = true, overlay } = options;
  const id = verified ? 'holdfast' : 'holdfast-candidate';
  const { root, run } = agent(bench, id, { site: { url, branch: 'main', overlay: 'optional' } });
  const summaries: Summary[] = [];
  return {
    name: verified ? names.holdfast : names.candidate,
    root,
    folder: join(root, 'site/current'),
    summaries,
    wipe() {
      wipe(root);
      wipe(compileCache(bench));
    },
    announce: (commit) =>
      bench.store.record(id, { site: { branch: 'main', commit, ...(overlay && { overlay }) } }, verified),
    deploy: async () => void summaries.push(await run()),
  };
}
