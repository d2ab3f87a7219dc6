import type { Bench } from '../bench.ts';
import { command } from '../command.ts';
import { names } from '../names.ts';
import type { Contestant } from '../rounds.ts';

/** Node with an empty program: the part of every run that no program can save. */
export function bareNode({ place }: Bench): Contestant {
  const options = { cwd: place.path, env: place.env };
  return { name: names.node, run: async () => void (await command('node', ['--eval', '0'], options)) };
}
