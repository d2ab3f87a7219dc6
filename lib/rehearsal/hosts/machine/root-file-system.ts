import { execFileSync } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Builds the root file system if it is missing. */
export const rootFileSystemScript = join(import.meta.dirname, 'root-file-system.sh');

/** Folder of the root file system, built or not. */
export function rootFileSystem(): string {
  return execFileSync(rootFileSystemScript, ['--path'], { encoding: 'utf8', env: process.env }).trim();
}

/** A layer with this process's Node, for an image that has one. */
export async function nodeLayer(folder: string): Promise<string> {
  const programs = join(folder, 'usr/local/bin');
  await mkdir(programs, { recursive: true });
  await copyFile(process.execPath, join(programs, 'node'));
  return folder;
}
