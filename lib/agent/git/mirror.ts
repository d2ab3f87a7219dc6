import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { branchRef, branchRefspecs, tipListed } from '../../release/branch-ref.ts';
import type { CommitInfo } from '../../release/commit-info.ts';
import type { RunResult } from '../host/run.ts';
import { namesIn } from '../host/state-file.ts';
import type { Access } from './access.ts';
import { type Git, gitFailed } from './git.ts';

/** A quiet fetch without tags that leaves nothing but its ref. */
const quietFetch = ['fetch', '--quiet', '--force', '--no-tags', '--no-write-fetch-head', '--update-shallow'];

/** Where a repository is fetched from. */
export interface Origin {
  url: string;
  access: Access;
}

/** Difference between two commits. */
export interface Step {
  info: CommitInfo;
  /** Whether it adds submodules. */
  addsSubmodules: boolean;
  /** Whether attributes change. Git does not rewrite a file when only its attributes change. */
  changesAttributes: boolean;
}

/**
 * The bare repository that keeps fetched commits. A commit is present if its ref is: git writes the ref last, so an
 * interrupted fetch never counts. Refs are never packed.
 */
export class Mirror {
  readonly dir: string;
  readonly #git: Git;

  constructor(dir: string, git: Git) {
    this.dir = dir;
    this.#git = git;
  }

  /** Creates it if it is missing, and removes leftovers of a killed git. */
  async open(): Promise<void> {
    removeLeftovers(this.dir);
    const isWhole = ['HEAD', 'config', 'objects', 'refs'].every((name) => existsSync(join(this.dir, name)));
    if (!isWhole) await this.#git.run(this, ['init', '--quiet', '--bare', '--template=', this.dir]);
  }

  /** Whether everything that its refs name is present. Slow: for use after a failure. */
  async isSound(): Promise<boolean> {
    return (await this.#try(['fsck', '--connectivity-only', '--no-dangling', '--no-progress'])).code === 0;
  }

  has(commit: string): boolean {
    return existsSync(join(this.dir, ref(commit)));
  }

  /** Fetches exactly one commit. The result says whether the host gave it. */
  async fetchCommit({ url, access }: Origin, commit: string): Promise<RunResult> {
    return await this.#try([...quietFetch, '--depth=1', '--', url, `${commit}:${ref(commit)}`], access);
  }

  /** Fetches the tip of a branch and returns its hash, or the failure. */
  async fetchTip(
    { url, access }: Origin,
    branch: string,
  ): Promise<{ commit: string } | { failed: RunResult }> {
    const tip = 'refs/holdfast-tip';
    const file = join(this.dir, tip);
    rmSync(file, { force: true });
    const args = [...quietFetch, '--depth=1', '--', url, ...branchRefspecs(branch, tip)];
    const ran = await this.#try(args, access);
    if (ran.code !== 0) return { failed: ran };
    // Over the old protocol git does not mind that nothing is left to fetch.
    if (!existsSync(file)) return { failed: { ...ran, code: 1, stderr: `no ref ${branchRef(branch)}` } };
    const commit = await this.#git.run(this, ['rev-parse', '--verify', tip]);
    await this.#git.run(this, ['update-ref', ref(commit), commit]);
    return { commit };
  }

  /** Fetches a branch with its history, for hosts that give no commit by its hash, and keeps only the commit. */
  async fetchThroughBranch({ url, access }: Origin, branch: string, commit: string): Promise<void> {
    const through = 'refs/holdfast-branch';
    const args = [...quietFetch, '--', url, ...branchRefspecs(branch, through)];
    const unshallow = existsSync(join(this.dir, 'shallow')) ? ['--unshallow'] : [];
    const ran = await this.#try([...args.slice(0, 1), ...unshallow, ...args.slice(1)], access);
    if (ran.code !== 0) throw gitFailed(args, ran);
    await this.#git.run(this, ['update-ref', ref(commit), commit]);
    await this.#git.run(this, ['update-ref', '-d', through]);
  }

  /**
   * The branch's tip according to its host; undefined when it has no such branch. Throws when the host cannot be
   * asked.
   */
  async askTip({ url, access }: Origin, branch: string): Promise<string | undefined> {
    const args = ['ls-remote', '--quiet', '--', url, branchRef(branch)];
    return tipListed(await this.#git.run(this, args, { access, seconds: 60 }), branch);
  }

  /** Number of packs. */
  packs(): number {
    return namesIn(join(this.dir, 'objects/pack')).filter((name) => name.endsWith('.pack')).length;
  }

  /** Forgets all commits but the kept and the newest ones, and repacks the rest into one pack. */
  async pack(kept: readonly string[], newest: number): Promise<void> {
    const list = ['for-each-ref', '--sort=-creatordate', '--format=%(refname:lstrip=2)', 'refs/holdfast/'];
    const commits = (await this.#git.run(this, list)).split('\n').filter(Boolean);
    const old = commits.slice(newest).filter((commit) => !kept.includes(commit));
    for (const commit of old) await this.#git.run(this, ['update-ref', '-d', ref(commit)]);
    await this.#git.run(this, ['repack', '-adq']);
    await this.#git.run(this, ['prune', '--expire=now']);
  }

  async info(commit: string): Promise<CommitInfo> {
    const log = ['log', '-1', '--no-show-signature', `--format=${infoFormat}`, commit];
    return infoOf((await this.#git.run(this, log)).split('\0'));
  }

  /** Difference between two commits, parent or not; undefined when one of them is missing. */
  async step(from: string, to: string): Promise<Step | undefined> {
    const diff = ['diff-tree', '--stdin', '--always', '-r', '--raw', '-z', `--format=${infoFormat}`];
    const { code, stdout } = await this.#git.try(this, diff, { input: `${to} ${from}\n` });
    const fields = stdout.split('\0');
    if (code !== 0 || fields.length < infoFields) return undefined;
    const changes = fields.slice(infoFields);
    return {
      info: infoOf(fields.slice(0, infoFields)),
      // A line of modes and hashes, then the path.
      addsSubmodules: changes.some((field) => /^\n?:\d{6} 160000 /.test(field)),
      changesAttributes: changes.some((field) => /(^|\/)\.gitattributes$/.test(field)),
    };
  }

  async #try(args: readonly string[], access?: Access): Promise<RunResult> {
    const ran = await this.#git.try(this, args, access ? { access } : {}).catch((error: unknown) => {
      removeLeftovers(this.dir);
      throw error;
    });
    if (ran.code !== 0) removeLeftovers(this.dir);
    return ran;
  }
}

/** Author, seconds since the epoch, first line of the message. */
const infoFormat = '%an%x00%at%x00%s';
const infoFields = 3;

/** `fields` are bytes as latin1. */
function infoOf(fields: readonly string[]): CommitInfo {
  const texts = fields.map((field) => Buffer.from(field, 'latin1').toString('utf8'));
  const [author = '', at = '', subject = ''] = texts;
  return { author, date: isoDate(Number(at)), subject };
}

/** Commits may hold impossible dates; those become the epoch. */
export function isoDate(seconds: number): string {
  const date = new Date(seconds * 1000);
  return (Math.abs(seconds) < 2 ** 37 ? date : new Date(0)).toISOString();
}

const ref = (commit: string) => `refs/holdfast/${commit}`;

/** Locks and half-written packs. Nobody else works here, so their owners were killed. */
function removeLeftovers(dir: string): void {
  const left = ['.', 'refs', 'refs/holdfast', 'objects/pack', 'objects'].flatMap((folder) =>
    namesIn(join(dir, folder))
      .filter((name) => /\.lock$|^\.?tmp[_-]|^incoming-|\.keep$/.test(name))
      .map((name) => join(dir, folder, name)),
  );
  for (const path of left) rmSync(path, { recursive: true, force: true });
}
