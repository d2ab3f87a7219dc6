import * as z from 'zod';
import { branchSchema, nameSchema } from '../release/identifiers.ts';
import { machineKeys } from './instance-keys.ts';
import { shippingSchema } from './log.ts';
import { repositoriesSchema } from './repository.ts';

const text = z.string().min(1);

/** The settings file of `holdfast-agent deploy`. */
export const agentSettingsSchema = z.strictObject({
  environment: nameSchema.meta({ description: 'Name of the environment.' }),
  service: nameSchema.meta({ description: 'Name of the service.' }),
  role: nameSchema.meta({ description: 'Role of the machine; part of its minion id.' }),
  root: text
    .regex(/^\//, 'an absolute path')
    .meta({ description: 'Folder with the releases, an absolute path.' }),
  parameters: z
    .strictObject({
      release: text.meta({ description: 'What auto mode applies: NAME or NAME:VERSION.' }),
      deployed: text.meta({
        description:
          'What manual mode reads and writes. A fleet without a control node names one parameter twice.',
      }),
    })
    .meta({ description: 'Names in Parameter Store.' }),
  bucket: text.meta({ description: 'Store bucket: overlays, artifacts, archives, reports.' }),
  repositories: repositoriesSchema.meta({ description: 'By name, every repository of the machine.' }),
  configuration: nameSchema.optional().meta({
    description: 'Which of the repositories holds the configuration states. Default: none.',
  }),
  configurationBranch: branchSchema.optional().meta({
    description:
      'Branch whose tip takes the place of the recorded commit of the configuration: for development and test. Default: none.',
  }),
  ...machineKeys,
  log: shippingSchema.prefault({}).meta({ description: 'Shipping of the journal to CloudWatch Logs.' }),
  instance: z
    .strictObject({
      id: text.meta({ description: 'Instance id; the minion id is made of the role and it.' }),
      roleId: text.meta({ description: "Unique id of the instance's IAM role." }),
      group: text.optional().meta({ description: 'Its Auto Scaling group. Default: none.' }),
      terminateHookSeconds: z.int().min(1).optional().meta({
        description: "Heartbeat of the group's terminate hook. Seconds. Default: 60.",
      }),
    })
    .optional()
    .meta({
      description:
        'The EC2 instance that this is. Default: none; the host name takes its place, nothing is reported, no log is shipped.',
    }),
  valuesFile: text.regex(/^\//, 'an absolute path').default('/etc/holdfast/values.env').meta({
    description: 'File that gets the environment of the service. Default: /etc/holdfast/values.env.',
  }),
  start: text.optional().meta({
    description:
      'Shell line that starts or restarts the service and returns; run in the primary release, gets HOST and PORT of `health.url`. It may be run twice. Once it has returned, the old release must not answer any more. Default: nothing to start.',
  }),
  health: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }).meta({ description: 'Asked until it answers 200.' }),
      timeoutSeconds: z.number().positive().max(3600).default(60).meta({
        description: 'Time that a started release has to answer. Seconds. Default: 60.',
      }),
    })
    .optional()
    .meta({ description: 'Health check on the machine. Default: none.' }),
  record: z
    .strictObject({
      waitSeconds: z.number().min(0).max(3600).default(5).meta({
        description: 'Longest random wait before manual mode records. Seconds. Default: 5.',
      }),
    })
    .prefault({})
    .meta({ description: 'Recording by manual mode.' }),
});
export type AgentSettings = z.infer<typeof agentSettingsSchema>;
