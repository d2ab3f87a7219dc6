import * as z from 'zod';
import { drainSchema } from './drain-command.ts';
import { metadataAccessSchema } from './metadata-access.ts';
import { provisionSchema } from './provision.ts';
import { isGit, type Repositories } from './repository.ts';
import { valuesSchema } from './values.ts';
import { watchSchema } from './watch.ts';

export const refreshSchema = z.strictObject({
  everySeconds: z.int().min(60).max(86_400).meta({ description: 'Time between two refreshes. Seconds.' }),
  randomDelaySeconds: z.int().min(0).max(86_400).optional().meta({
    description:
      'Longest random delay on top, so that machines do not all ask at once. Seconds. Default: a fifth of everySeconds.',
  }),
});
/** How often a machine looks for changes. */
export type Refresh = z.infer<typeof refreshSchema>;

/**
 * Keys that keep an instance in its role. They are the same in the configuration, the settings and the agent's
 * settings file.
 */
export const machineKeys = {
  provision: provisionSchema.optional().meta({
    description: 'What turns a machine into its role, with the configuration repository. Default: nothing.',
  }),
  states: z.enum(['pinned', 'follow']).optional().meta({
    description:
      'Whether the configuration stays at the recorded commit, or a refresh applies the tip of its branch. Default: pinned.',
  }),
  refresh: refreshSchema.optional().meta({
    description: 'When values and a followed configuration are looked at again. Default: never.',
  }),
  watch: z.array(watchSchema).max(20).optional().meta({
    description: 'Services to restart or reload when files change. Default: none.',
  }),
  values: valuesSchema.optional().meta({
    description:
      'Environment of the service, in /etc/holdfast/values.env, which only root can read. Default: none.',
  }),
  metadata: metadataAccessSchema.optional().meta({
    description:
      'Who on an instance may ask its metadata service, and so has its role: `root`, `service` (every process) or `{ users: [...] }` (root and these). Default: root.',
  }),
  drain: drainSchema.optional().meta({
    description:
      'What an instance does before it leaves; with it, the instance itself says when it is done. Default: nothing, it is let go when its requests have drained.',
  }),
};
type Machine = z.infer<z.ZodObject<typeof machineKeys>>;

/** Problems of the keys in combination: key, expected value, found value. */
export function machineProblems(
  { provision, states, refresh }: Machine,
  configuration: string | undefined,
  repositories: Repositories,
): [key: string, expected: string, found: unknown][] {
  const problems: [string, string, unknown][] = [];
  if (provision && configuration === undefined)
    problems.push(['configuration', 'the repository that provision applies', configuration]);
  if (states !== 'follow') return problems;
  if (!provision || !refresh)
    problems.push(['states', 'pinned, because follow needs provision and refresh', states]);
  const followed = configuration === undefined ? undefined : repositories[configuration];
  if (followed && !(isGit(followed) && followed.overlay === 'none'))
    problems.push(['states', 'pinned, because a branch names no overlay and no artifact', states]);
  return problems;
}
