import { listServerRefs } from 'isomorphic-git';
import type { GitRepository } from '../config/repository.ts';
import { branchRef } from '../release/branch-ref.ts';
import { HoldfastError, messageOf } from '../release/errors.ts';
import { commitSchema } from '../release/identifiers.ts';
import { check } from '../release/validate.ts';
import { fetchHttp } from './http.ts';

/** Branch tips of git repositories. */
export interface BranchTips {
  /** Commit at the tip of a branch; `undefined` when there is no such branch. Throws GitFailed. */
  tip(repository: Pick<GitRepository, 'url' | 'credentials'>, branch: string): Promise<string | undefined>;
}

/** Whether branches of a repository can be asked for without an SSH client: over smart HTTP. */
export function speaksHttp(url: string): boolean {
  return /^https?:/.test(url);
}

/** Asks over smart HTTP. `token` reads a secret, which is sent in a request header and kept nowhere. */
export function gitRefs(token: (secret: string) => Promise<string>): BranchTips {
  return {
    async tip({ url, credentials }, branch) {
      const name = branchRef(branch);
      const headers = credentials ? await authorization(credentials, token) : {};
      try {
        const refs = await listServerRefs({
          http: fetchHttp,
          url,
          prefix: name,
          protocolVersion: 2,
          headers,
        });
        const tip = refs.find(({ ref }) => ref === name)?.oid;
        return tip === undefined ? undefined : check(commitSchema, tip, 'tip', 'GitFailed');
      } catch (cause) {
        throw new HoldfastError('GitFailed', `branch ${branch} of ${url}: ${messageOf(cause)}`, { cause });
      }
    },
  };
}

async function authorization(
  { secret, username = 'x-access-token' }: NonNullable<GitRepository['credentials']>,
  token: (secret: string) => Promise<string>,
): Promise<Record<string, string>> {
  const password = (await token(secret)).trim();
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}
