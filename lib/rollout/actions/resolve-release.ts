import { createHash } from 'node:crypto';
import { type GitRepository, isGit } from '../../config/repository.ts';
import { storeKeys } from '../../config/resource-names.ts';
import type { Settings } from '../../config/settings.ts';
import { speaksHttp } from '../../git/branch-tips.ts';
import { HoldfastError } from '../../release/errors.ts';
import { overlayKeyOf, tarballMissing } from '../../release/overlay-key.ts';
import { type Entry, type GitEntry, isArtifact, type Release, type Tarball } from '../../release/release.ts';
import type { ReleaseRequest } from '../../release/release-request.ts';
import { decideTarget, noSuchBranch } from '../../release/target-commit.ts';
import type { Adapters } from './step-context.ts';

type ResolveDeps = Pick<Adapters, 'objects' | 'refs'>;

/** One exact release, and whether every commit was seen to be on its branch. */
export interface Resolved {
  release: Release;
  verified: boolean;
}

/** Refuses requests that the git host could never resolve, before the journal is taken. */
export function refuseUnresolvable(settings: Settings, asked: Record<string, ReleaseRequest>): void {
  for (const [name, repository] of Object.entries(settings.repositories)) {
    if (!isGit(repository) || speaksHttp(repository.url) || asked[name]?.commit) continue;
    throw new HoldfastError(
      'InvalidInput',
      `commit: repository ${name} (${repository.url}) is not reached over HTTPS, so the workflow cannot ask it for the tip of a branch; give the commit, 40 hex digits`,
    );
  }
}

/** Resolves the request and the record to one exact release. */
export async function resolveRelease(
  deps: ResolveDeps,
  settings: Settings,
  asked: Record<string, ReleaseRequest>,
  recorded: Release | undefined,
): Promise<Resolved> {
  const resolved = await Promise.all(
    Object.entries(settings.repositories).map(async ([name, repository]) => {
      const wanted = asked[name] ?? {};
      const last = recorded?.[name];
      const entry = isGit(repository)
        ? await resolveGit(deps, settings.service, { name, repository, wanted, last })
        : { ...(await resolveArtifact(deps, name, wanted, last)), verified: true };
      return [name, entry] as const;
    }),
  );
  return {
    release: Object.fromEntries(resolved.map(([name, { verified: _, ...entry }]) => [name, entry as Entry])),
    verified: resolved.every(([, { verified }]) => verified),
  };
}

interface GitQuestion {
  name: string;
  repository: GitRepository;
  wanted: ReleaseRequest;
  last: Entry | undefined;
}

async function resolveGit(
  deps: ResolveDeps,
  service: string,
  question: GitQuestion,
): Promise<GitEntry & { verified: boolean }> {
  const { name, repository, wanted, last } = question;
  const { branch, commit: given } = decideTarget(wanted, last, repository.branch);
  const tip = await tipOf(deps, question, branch, given);
  const commit = given ?? tip;
  if (commit === undefined) throw noSuchBranch(name, branch);
  const overlay = await resolveOverlay(deps, service, question, commit);
  const verified = commit === tip || isRecorded(last, branch, commit);
  return { branch, commit, ...(overlay && { overlay }), verified };
}

/**
 * The tip of the branch. If a commit is given, the tip only saves the instances a proof, so a host that does not
 * answer is no reason to refuse.
 */
async function tipOf(
  { refs }: ResolveDeps,
  { name, repository }: GitQuestion,
  branch: string,
  given: string | undefined,
): Promise<string | undefined> {
  if (!speaksHttp(repository.url)) return undefined;
  const asked = refs.tip(repository, branch);
  const tip = await (given ? asked.catch(() => 'unknown') : asked);
  if (tip === undefined) throw noSuchBranch(name, branch);
  return tip;
}

/** Whether the record has this commit on this branch. Then it was proven when it was deployed. */
function isRecorded(last: Entry | undefined, branch: string, commit: string): boolean {
  return last !== undefined && !isArtifact(last) && last.branch === branch && last.commit === commit;
}

async function resolveOverlay(
  deps: ResolveDeps,
  service: string,
  { name, repository, wanted }: GitQuestion,
  commit: string,
): Promise<Tarball | undefined> {
  if (repository.overlay === 'none' || wanted.overlay === 'none') return undefined;
  if (wanted.overlay) return tarball(deps, name, wanted.overlay);
  const prefix = storeKeys.overlays(service, name);
  const key = overlayKeyOf(name, await deps.objects.list(`${prefix}${commit}.tar`), prefix, commit);
  if (key) return tarball(deps, name, key);
  if (repository.overlay === 'required')
    throw tarballMissing(name, `found no overlay ${prefix}${commit}.tar.*, one is required`);
  return undefined;
}

async function resolveArtifact(
  deps: ResolveDeps,
  name: string,
  { overlay: key }: ReleaseRequest,
  last: Entry | undefined,
): Promise<Entry> {
  if (key) return { artifact: await tarball(deps, name, key) };
  if (last && isArtifact(last)) return last;
  throw tarballMissing(name, 'found no artifact in the record and none in the input');
}

/** Key, version and digest of an object, as a release names it. */
async function tarball({ objects }: ResolveDeps, repository: string, key: string): Promise<Tarball> {
  const head = await objects.head(key);
  if (!head) throw tarballMissing(repository, `found no object ${key} in the store bucket`);
  const sha256 = head.sha256 ?? (await digestOf(objects, repository, key, head.version));
  return { key, version: head.version, sha256 };
}

/** Computes the digest of an object that was stored without a checksum. */
async function digestOf(
  objects: Adapters['objects'],
  repository: string,
  key: string,
  version: string,
): Promise<string> {
  const stream = await objects.stream(key, version);
  if (!stream) throw tarballMissing(repository, `object ${key} disappeared while it was read`);
  const hash = createHash('sha256');
  for await (const part of stream.body) hash.update(part as Uint8Array);
  return hash.digest('hex');
}
