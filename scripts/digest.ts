import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Inputs of dist/ and cdk.out. */
const sources = [
  'bin',
  'lib',
  'lambda',
  'userdata',
  'scripts',
  'cdk.json',
  'holdfast.config.ts',
  'package-lock.json',
];

/** SHA-256 over the names and contents of all sources. */
export function sourceDigest(root: string): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesBelow(root, source)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(root: string, path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full).flatMap((name) => filesBelow(root, join(path, name)));
}
