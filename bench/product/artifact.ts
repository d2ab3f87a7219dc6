import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { names } from '../names.ts';
import type { Contestant } from '../rounds.ts';
import { wipe } from '../setting.ts';
import { type Agent, agent, type Summary } from './agent.ts';
import type { MadeTarball } from './tarball.ts';

/** The agent with a tarball instead of a repository: it measures the tarball alone. */
export interface Artifact extends Contestant {
  agent: Agent;
  folder: string;
  summaries: Summary[];
}

export async function artifact(bench: Bench, name: string, made: MadeTarball): Promise<Artifact> {
  const stored = await bench.store.put(`artifacts/${name}.tar.zst`, made);
  const installed = agent(bench, `holdfast-${name}`, { site: { artifact: true } });
  const summaries: Summary[] = [];
  await bench.store.record(`holdfast-${name}`, { site: { artifact: stored } });
  return {
    name: names.holdfast,
    agent: installed,
    folder: join(installed.root, 'site/current'),
    prepare: async () => wipe(installed.root),
    summaries,
    run: async () => void summaries.push(await installed.run()),
  };
}
