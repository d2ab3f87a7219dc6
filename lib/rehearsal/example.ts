import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './git/git.ts';

/** One commit of the sample site. */
export interface ExampleRelease {
  /** `v1`. Its page shows it. */
  version: string;
  commit: string;
}

const examples = join(import.meta.dirname, '../../examples');

const author = {
  GIT_AUTHOR_NAME: 'Sample',
  GIT_AUTHOR_EMAIL: 'sample@example.com',
  GIT_COMMITTER_NAME: 'Sample',
  GIT_COMMITTER_EMAIL: 'sample@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};

/** Creates a repository of the sample site in `folder`, with one commit on main for each of its releases. */
export async function buildExampleSite(folder: string): Promise<ExampleRelease[]> {
  await init(folder);
  const releases: ExampleRelease[] = [];
  for (const version of readdirSync(join(examples, 'site')).sort()) {
    empty(folder);
    cpSync(join(examples, 'site', version), folder, { recursive: true });
    releases.push({ version, commit: await commit(folder, `Release ${version}`) });
  }
  return releases;
}

/** Creates a repository of the sample configuration in `folder`. */
export async function buildExampleStates(folder: string): Promise<void> {
  await buildExample('states', folder);
}

/** Creates a repository of another sample in `folder` and returns its commit. */
export async function buildExample(name: 'states' | 'jobs', folder: string): Promise<string> {
  await init(folder);
  cpSync(join(examples, name), folder, { recursive: true });
  return await commit(folder, `The sample's ${name}`);
}

async function init(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await git(['init', '--quiet', '--initial-branch=main'], folder, author);
}

function empty(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name !== '.git') rmSync(join(folder, name), { recursive: true });
  }
}

async function commit(folder: string, message: string): Promise<string> {
  await git(['add', '--all'], folder, author);
  await git(['commit', '--quiet', '-m', message], folder, author);
  return await git(['rev-parse', 'HEAD'], folder);
}
