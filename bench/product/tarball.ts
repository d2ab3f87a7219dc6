import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { shell } from '../command.ts';
import { content } from '../repository/content.ts';
import { bytesOf, pathOf, type Shape } from '../repository/shape.ts';
import { at, type Setting, wipe } from '../setting.ts';

/** A tarball made for the bench. */
export interface MadeTarball {
  path: string;
  sha256: string;
}

/** Writes a zstd tarball with the files that a repository of this shape would hold. */
export async function makeTarball(setting: Setting, name: string, shape: Shape): Promise<MadeTarball> {
  const folder = join(setting.place.path, `${name}-files`);
  const path = join(setting.place.path, `${name}.tar.zst`);
  for (let file = 0; file < shape.files; file += 1) {
    const target = join(folder, pathOf(file));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content(file, 0, bytesOf(file, shape)));
  }
  await shell(`tar --create --directory ${folder} . | zstd --quiet --threads=0 -o ${path}`, at(setting));
  wipe(folder);
  return { path, sha256: await digest(path) };
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
