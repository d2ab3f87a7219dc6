import type { RequiredPermission } from '../../../lib/local-aws/iam/required-permission.ts';
import type { Role } from '../../../lib/local-aws/iam/role.ts';
import type { World } from '../../../lib/local-aws/world.ts';

/** Actions that each role was allowed, by the name of its session without the environment. */
export type Used = Map<string, Set<string>>;

/** Notes every right that is used from now on; gives those that are refused. */
export function noteRights({ iam }: World, used: Used): string[] {
  const refused: string[] = [];
  iam.asked = ({ session: { name, role }, need, decision }) => {
    if (decision !== 'allowed' && !isAboutMissing(need))
      refused.push(`${name}: ${need.action} on ${need.resource}`);
    const of = role.name.includes('-instance') ? 'instance' : name.replace('holdfast-prod-', '');
    const known = used.get(of) ?? new Set();
    if (decision === 'allowed') used.set(of, known.add(need.action));
  };
  return refused;
}

/** What S3 asks itself when a key is not there. Whoever gets 403 for it lists the names that begin with the key. */
function isAboutMissing({ action, keys }: RequiredPermission): boolean {
  return action === 's3:ListBucket' && keys?.['s3:prefix'] === undefined;
}

/** Actions that a role's policies allow. */
export function granted({ statements }: Role): string[] {
  return [...new Set(statements.flatMap(({ Action }) => Action))].toSorted();
}
