import { execFileSync } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Builds the root file system when it is not there. */
export const rootFileSystemScript = join(import.meta.dirname, 'root-file-system.sh');

/** Folder of the root file system, whether it is built or not. */
export function rootFileSystem(): string {
  return execFileSync(rootFileSystemScript, ['--path'], { encoding: 'utf8', env: process.env }).trim();
}

/** A layer with the Node that runs this process: what an image has that was baked with it. */
export async function nodeLayer(folder: string): Promise<string> {
  const programs = join(folder, 'usr/local/bin');
  await mkdir(programs, { recursive: true });
  await copyFile(process.execPath, join(programs, 'node'));
  return folder;
}
