import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HoldfastError } from '../release/errors.ts';

/** Files that `npm run build` made and the stacks deploy. */
export interface Assets {
  /** Folder of a Lambda's bundle. */
  lambda(name: string): string;
  /** SHA-256 of the agent, hex. */
  agentSha256: string;
  /** Text of userdata/boot.sh, with its placeholder. */
  bootScript: string;
}

/** Assets below a project's root. */
export function projectAssets(root: string): Assets {
  const agent = readFileSync(requireBuilt(root, 'dist/agent/holdfast-agent'));
  return {
    lambda: (name) => requireBuilt(root, `dist/lambda/${name}`),
    agentSha256: createHash('sha256').update(agent).digest('hex'),
    bootScript: readFileSync(join(root, 'userdata/boot.sh'), 'utf8'),
  };
}

function requireBuilt(root: string, path: string): string {
  const full = join(root, path);
  if (existsSync(full)) return full;
  throw new HoldfastError('InvalidInput', `found no ${path}, expected it to be built; run \`npm run build\``);
}
