import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { command } from '../command.ts';
import { names } from '../names.ts';
import { bundle } from '../product/bundle.ts';
import type { Contestant } from '../rounds.ts';

/** A bare script on Node with the SDK, bundled as the agent is, that asks for one parameter. */
export async function getParameter({ place, store }: Bench, parameter: string): Promise<Contestant> {
  const program = await bundle('bench/references/one-parameter.ts', join(place.path, 'one-parameter.cjs'));
  const options = { cwd: place.path, env: { ...place.env, ...store.env } };
  return {
    name: names.oneParameter,
    run: async () => void (await command(program, [parameter], options)),
  };
}
