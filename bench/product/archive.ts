import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from '../../lib/agent/archive/pack.ts';
import { Git } from '../../lib/agent/git/git.ts';
import { storeKeys } from '../../lib/config/resource-names.ts';
import type { Bench } from '../bench.ts';
import type { Deployer } from '../deployer.ts';
import { names } from '../names.ts';
import { wipe } from '../setting.ts';
import { agent, compileCache, type Summary } from './agent.ts';

const service = 'holdfast-archive';
/** An address that no git host answers at. */
const nowhere = 'http://127.0.0.1:9/gone.git';

/** The agent on a machine that is launched while the git host is gone. */
export interface Launch extends Deployer {
  summaries: Summary[];
}

/** Makes a commit's archive as instances do, puts it into the store, and gives the machine that launches from it. */
export async function launchFromArchive(bench: Bench, repository: string, commit: string): Promise<Launch> {
  const work = join(bench.place.path, 'archive-work');
  mkdirSync(work);
  const git = new Git(join(work, 'gitconfig'));
  git.configure();
  const path = await pack(git, repository, commit, work);
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  await bench.store.put(storeKeys.archive(service, 'site', commit), { path, sha256 });
  wipe(work);
  await bench.store.record(service, { site: { branch: 'main', commit } });
  const { root, run } = agent(bench, service, { site: { url: nowhere, branch: 'main' } });
  const summaries: Summary[] = [];
  return {
    name: names.archive,
    folder: join(root, 'site/current'),
    summaries,
    wipe() {
      wipe(root);
      wipe(compileCache(bench));
    },
    deploy: async () => void summaries.push(await run()),
  };
}
