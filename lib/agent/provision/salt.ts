import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Salt } from '../../config/provision.ts';
import { lastLine, type RunResult } from '../host/run.ts';
import type { Job, Provisioner } from './job.ts';

/** Salt's result of one state, without other keys. */
const stateSchema = z.object({
  name: z.string().optional(),
  result: z.boolean().nullable(),
  comment: z.string(),
  __id__: z.string().optional(),
  __sls__: z.string().optional(),
  __run_num__: z.number().optional(),
});
type State = z.infer<typeof stateSchema>;

/** States by `module_|-id_|-name_|-function`, or sentences when Salt found no states. */
const answerSchema = z.object({ local: z.union([z.record(z.string(), stateSchema), z.array(z.string())]) });

/** Masterless Salt. The distribution's package may start a minion that looks for a master; there is none. */
export const salt = {
  program: 'salt-call',
  needlessService: 'salt-minion.service',
  arguments: saltArguments,
  complaint: saltComplaint,
} satisfies Provisioner<Salt>;

/** Arguments of a masterless highstate of a tree. */
function saltArguments({ tree, minionId }: Job, { states, pillar }: Salt): string[] {
  const pillarRoot = join(tree, pillar);
  return [
    '--local',
    '--retcode-passthrough',
    '--out=json',
    '--log-level=warning',
    `--id=${minionId}`,
    `--file-root=${join(tree, states)}`,
    ...(existsSync(pillarRoot) ? [`--pillar-root=${pillarRoot}`] : []),
    'state.apply',
  ];
}

/** The failure of a highstate in one sentence, or undefined. */
function saltComplaint(ran: RunResult): string | undefined {
  const answer = parse(ran.stdout);
  if (!answer)
    return ran.code === 124
      ? ran.stderr
      : `salt-call gave no result (exit code ${ran.code}: ${lastLine(ran.stderr)})`;
  if (Array.isArray(answer.local)) return answer.local.join('; ') || 'salt-call found no states in the tree';
  const failed = Object.entries(answer.local)
    .filter(([, { result }]) => result === false)
    .toSorted(([, a], [, b]) => (a.__run_num__ ?? 0) - (b.__run_num__ ?? 0));
  const [first] = failed;
  if (first) return `${describe(...first)}${failed.length > 1 ? ` (and ${failed.length - 1} more)` : ''}`;
  return ran.code === 0 ? undefined : `salt-call ended with exit code ${ran.code}: ${lastLine(ran.stderr)}`;
}

/** `state pkg.installed of nginx in web: <comment>`. Salt names the SLS of an unknown state only in the comment. */
function describe(key: string, { __id__, __sls__, comment }: State): string {
  const [module = '', id = '', ...rest] = key.split('_|-');
  if (module === 'no') return comment;
  const place = __sls__ === undefined ? '' : ` in ${__sls__}`;
  return `state ${module}.${rest.at(-1)} of ${__id__ ?? id}${place}: ${comment}`;
}

/** Salt may print log lines before its answer. */
function parse(stdout: string): z.infer<typeof answerSchema> | undefined {
  const text = Buffer.from(stdout, 'latin1').toString('utf8');
  try {
    return answerSchema.parse(JSON.parse(text.slice(Math.max(0, text.search(/^\{/m)))));
  } catch {
    return undefined;
  }
}
