import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentSettings } from '../../lib/config/agent-settings.ts';
import type { Bench } from '../bench.ts';
import { type CommandOptions, command } from '../command.ts';

/** The last line that the agent writes. */
export interface Summary {
  result: string;
  phases: { name: string; seconds: number }[];
}

/** The agent on a machine of its own. */
export interface Agent {
  root: string;
  /** Arguments and surroundings of a run, for measures that watch the process. */
  args: string[];
  options: CommandOptions;
  run(): Promise<Summary>;
}

/** Names of the parameters that an agent reads. */
export function parametersOf(name: string): AgentSettings['parameters'] {
  return { release: `/holdfast/bench/${name}/green`, deployed: `/holdfast/bench/${name}/deployed` };
}

/** Folder where Node keeps the compiled agent, as on an instance. A fresh machine has none. */
export const compileCache = (bench: Bench) => `${bench.agent}.cache`;

/** An agent with these repositories. */
export function agent(bench: Bench, name: string, repositories: object): Agent {
  const { place, store } = bench;
  const root = join(place.path, name);
  const file = join(place.path, `${name}.json`);
  const parameters = parametersOf(name);
  const settings = {
    environment: 'bench',
    service: name,
    role: 'web',
    root,
    parameters,
    bucket: store.bucket,
    repositories,
  };
  writeFileSync(file, JSON.stringify(settings));
  const args = ['deploy', '--auto', '--settings', file];
  const env = { ...place.env, ...store.env, NODE_COMPILE_CACHE: compileCache(bench) };
  const options = { cwd: place.path, env };
  return {
    root,
    args,
    options,
    run: async () => summary(await command(bench.agent, args, options)),
  };
}

function summary(events: string): Summary {
  return JSON.parse(events.trimEnd().split('\n').at(-1) ?? '') as Summary;
}
