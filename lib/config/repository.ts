import * as z from 'zod';
import { branchSchema, nameSchema } from '../release/identifiers.ts';
import { urlProblem } from './url.ts';

const urlSchema = z.string().superRefine((url, context) => {
  const problem = urlProblem(url);
  if (problem) context.addIssue({ code: 'custom', message: problem, input: url });
});

const commandSchema = z.string().min(1).max(1024);

export const commandsSchema = z.strictObject({
  build: commandSchema.optional().meta({
    description:
      'Shell line run in a new release before it becomes current, for example `npm ci --omit=dev`.',
  }),
});

export const credentialsSchema = z.strictObject({
  secret: z.string().min(1).max(512).meta({
    description:
      'Name or ARN of the secret in Secrets Manager: an HTTPS token, or an SSH private key for an SSH url. Give one that may read and nothing else: every instance of the service can use it.',
  }),
  username: z
    .string()
    .regex(/^[A-Za-z0-9._@-]{1,64}$/, 'a user name of letters, digits and . _ @ -')
    .optional()
    .meta({
      description: 'User name that goes with an HTTPS token. Default: `x-access-token`.',
    }),
  knownHosts: z.string().min(1).max(2048).optional().meta({
    description: "Lines of known_hosts for an SSH url. Default: the machine's own.",
  }),
});

export const gitRepositorySchema = z.strictObject({
  url: urlSchema.meta({
    description: 'Clone url: https, ssh, file, or http on loopback and private networks.',
  }),
  branch: branchSchema.meta({
    description: 'Default branch: deployed when nothing is recorded and none is named.',
  }),
  overlay: z.enum(['none', 'optional', 'required']).default('none').meta({
    description: 'Whether a tarball from the store bucket is unpacked over the tree. Default: none.',
  }),
  commands: commandsSchema.optional().meta({ description: 'Shell lines run in a release. Default: none.' }),
  credentials: credentialsSchema.optional().meta({ description: 'For a private repository. Default: none.' }),
});

export const artifactRepositorySchema = z.strictObject({
  artifact: z
    .literal(true)
    .meta({ description: 'A tarball from the store bucket instead of git: unpack and go.' }),
  commands: commandsSchema.optional().meta({ description: 'Shell lines run in a release. Default: none.' }),
});

export const repositorySchema = z.union([gitRepositorySchema, artifactRepositorySchema]);
/** One repository as the agent and the workflow know it. */
export type Repository = z.infer<typeof repositorySchema>;
export type GitRepository = z.infer<typeof gitRepositorySchema>;

export const repositoriesSchema = z
  .record(nameSchema, repositorySchema)
  .refine((all) => Object.keys(all).length > 0, { message: 'at least one repository' });
export type Repositories = z.infer<typeof repositoriesSchema>;

export function isGit(repository: Repository): repository is GitRepository {
  return 'url' in repository;
}

/**
 * The repository that a branch, commit or overlay named without a repository belongs to:
 * the first one that is not the configuration repository.
 */
export function primaryRepository(repositories: Repositories, configuration: string | undefined): string {
  const names = Object.keys(repositories);
  return names.find((name) => name !== configuration) ?? (names[0] as string);
}
