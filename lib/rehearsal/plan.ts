import { basename } from 'node:path';
import type { ErrorName } from '../release/errors.ts';
import { buildExampleSite } from './example.ts';
import { findSource, fullCommit, tipOf } from './git/source.ts';

/** One act of a rehearsal. */
export type Act =
  | { kind: 'deploy'; commit: string; expected: Expected }
  /** Adds an instance to the live fleet while the git host is away. */
  | { kind: 'scale-out' };

/** Expected end of a deployment: deployed, or refused for this reason. */
export type Expected = { result: 'deployed' } | { result: 'refused'; error: ErrorName };

/** The plan of a rehearsal: source of the commits, how to run them, and the acts in order. */
export interface Plan {
  /** Path on this machine or url. */
  location: string;
  isPath: boolean;
  branch: string;
  acts: Act[];
  /** Whether the next act follows one that deviated. Default: no. */
  goesOn?: boolean;
  build?: string;
  /** Command that starts the server of a release. */
  run: string;
  healthPath: string;
  /** Time for a started release to become healthy. Seconds. */
  healthSeconds: number;
  /** Time for a candidate's instances to be ready. Seconds. */
  readySeconds: number;
  /** A name of a commit for people. */
  nameOf(commit: string): string;
  /** Why a page with status 200 comes from no release that may serve; undefined when it does. */
  wrongBody?(body: string): string | undefined;
  /** Whether this commit made a page. */
  isPageOf?(commit: string, body: string): boolean;
}

/**
 * The plan of the sample site: a first deployment, a scale-out, a deployment under load, and a bad release that is
 * refused.
 */
export async function examplePlan(folder: string): Promise<Plan> {
  const releases = await buildExampleSite(folder);
  const versions = new Map(releases.map(({ commit, version }) => [commit, version]));
  const [v1, v2, v3] = releases.map(({ commit }) => commit) as [string, string, string];
  return {
    location: folder,
    isPath: true,
    branch: 'main',
    acts: [
      { kind: 'deploy', commit: v1, expected: { result: 'deployed' } },
      { kind: 'scale-out' },
      { kind: 'deploy', commit: v2, expected: { result: 'deployed' } },
      { kind: 'deploy', commit: v3, expected: { result: 'refused', error: 'NotHealthy' } },
    ],
    build: 'node build.mjs',
    run: 'node server.mjs',
    healthPath: '/health',
    healthSeconds: 10,
    readySeconds: 120,
    nameOf: (commit) => `${commit.slice(0, 8)} (${versions.get(commit) ?? 'unknown'})`,
    wrongBody: (body) => (/release v[12]</.test(body) ? undefined : 'a page of neither v1 nor v2'),
    isPageOf: (commit, body) => body.includes(`release ${versions.get(commit)}<`),
  };
}

export interface GivenRepository {
  /** Path or url. */
  repository: string;
  branch?: string;
  /** Deployed in turn. Left out: the tip of the branch, a scale-out, and the tip once more under load. */
  commits?: string[];
  run: string;
  healthPath?: string;
}

/** The plan for the commits of a given repository. */
export async function planRepository(given: GivenRepository): Promise<Plan> {
  const source = await findSource(given.repository, given.branch);
  const commits = await Promise.all(given.commits?.map((name) => fullCommit(source, name)) ?? []);
  return {
    ...source,
    goesOn: commits.length > 0,
    acts: commits.length > 0 ? commits.map(deployAct) : actsAround(await tipOf(source)),
    run: given.run,
    healthPath: given.healthPath ?? '/',
    healthSeconds: 60,
    readySeconds: 300,
    nameOf: (commit) => `${basename(source.location, '.git')} ${commit.slice(0, 8)}`,
  };
}

function actsAround(tip: string): Act[] {
  return [deployAct(tip), { kind: 'scale-out' }, deployAct(tip)];
}

function deployAct(commit: string): Act {
  return { kind: 'deploy', commit, expected: { result: 'deployed' } };
}
