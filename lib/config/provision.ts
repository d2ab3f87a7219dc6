import * as z from 'zod';
import { sha256Schema } from '../release/identifiers.ts';
import { packageUrlProblem } from './url.ts';

const lineSchema = z.string().min(1).max(1024);

/** A folder or file of the configuration repository, never outside of it. */
const withinSchema = z
  .string()
  .max(200)
  .regex(
    /^(?!.*(^|\/)\.\.(\/|$))[A-Za-z0-9._][A-Za-z0-9._/-]*$/,
    'a path inside of the repository, without ".."',
  );

const packagesSchema = z
  .array(
    z.string().regex(/^[A-Za-z0-9][A-Za-z0-9+._=:~-]{0,127}$/, 'the name of a package, "=VERSION" allowed'),
  )
  .min(1)
  .max(20)
  .meta({ description: 'Packages of the distribution, by apt-get or dnf.' });

const packageUrlSchema = z
  .string()
  .max(1024)
  .superRefine((url, context) => {
    const problem = packageUrlProblem(url);
    if (problem) context.addIssue({ code: 'custom', message: problem, input: url });
  });

const urlsSchema = z
  .array(
    z.strictObject({
      url: packageUrlSchema.meta({
        description:
          'Where the package is fetched: https, or http on loopback and private networks; .deb or .rpm.',
      }),
      sha256: sha256Schema.meta({ description: 'Digest that the package must have.' }),
    }),
  )
  .min(1)
  .max(10)
  .meta({ description: 'Packages by url, installed together, in this order.' });

const installSchema = z.union([
  z.strictObject({ packages: packagesSchema }),
  z.strictObject({ urls: urlsSchema }),
]);
/** Where a tool comes from when the image does not have it. */
export type Install = z.infer<typeof installSchema>;

const install = installSchema.optional().meta({
  description: 'Where the tool comes from when the image lacks it. Default: the image must have it.',
});

const timeoutSeconds = z.int().min(10).max(7200).default(1200).meta({
  description: 'Time that installing and applying may take, each. Seconds. Default: 1200.',
});

const saltSchema = z.strictObject({
  tool: z.literal('salt').meta({ description: 'Masterless Salt: `salt-call --local state.apply`.' }),
  states: withinSchema.default('.').meta({
    description: 'Folder of the configuration repository that holds top.sls. Default: its root.',
  }),
  pillar: withinSchema.default('pillar').meta({
    description: 'Folder of the configuration repository that holds the pillar. Default: pillar.',
  }),
  install,
  timeoutSeconds,
});

const ansibleSchema = z.strictObject({
  tool: z
    .literal('ansible')
    .meta({ description: 'Ansible: `ansible-playbook` against this machine, limited to its role.' }),
  playbook: withinSchema
    .default('site.yml')
    .meta({ description: 'Playbook in the configuration repository. Default: site.yml.' }),
  install,
  timeoutSeconds,
});

const commandsSchema = z.strictObject({
  tool: z.literal('commands').meta({ description: 'Two shell lines of your own.' }),
  install: lineSchema.optional().meta({
    description: 'Shell line run before `apply` whenever it changed or never succeeded. Default: none.',
  }),
  apply: lineSchema.meta({
    description: 'Shell line run in the root of the configuration repository; gets ROLE and MINION_ID.',
  }),
  timeoutSeconds,
});

export const provisionSchema = z.discriminatedUnion('tool', [saltSchema, ansibleSchema, commandsSchema]);
/** How a machine is brought into its role. */
export type Provision = z.infer<typeof provisionSchema>;
export type Salt = z.infer<typeof saltSchema>;
export type Ansible = z.infer<typeof ansibleSchema>;
export type Commands = z.infer<typeof commandsSchema>;
