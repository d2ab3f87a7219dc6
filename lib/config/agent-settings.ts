import * as z from 'zod';
import { branchSchema, nameSchema } from '../release/identifiers.ts';
import { machineKeys } from './instance-keys.ts';
import { shippingSchema } from './log.ts';
import { repositoriesSchema } from './repository.ts';

const text = z.string().min(1);

/** The settings file of `holdfast-agent deploy`. */
export const agentSettingsSchema = z.strictObject({
  environment: nameSchema,
  service: nameSchema,
  role: nameSchema,
  root: text.regex(/^\//, 'an absolute path'),
  parameters: z.strictObject({
    release: text.meta({ description: 'What auto mode applies: NAME or NAME:VERSION.' }),
    deployed: text.meta({ description: 'What manual mode reads and writes.' }),
  }),
  bucket: text,
  repositories: repositoriesSchema,
  configuration: nameSchema.optional(),
  configurationBranch: branchSchema.optional().meta({
    description: 'Branch whose tip takes the place of the recorded commit of the configuration.',
  }),
  ...machineKeys,
  log: shippingSchema.prefault({}),
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
    .meta({ description: 'The EC2 instance that this is. Default: none; nothing is reported to the store.' }),
  valuesFile: text
    .regex(/^\//, 'an absolute path')
    .default('/etc/holdfast/values.env')
    .meta({ description: 'File that gets the environment of the service.' }),
  start: text.optional(),
  health: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }),
      timeoutSeconds: z.number().positive().max(3600).default(60),
    })
    .optional(),
  record: z.strictObject({ waitSeconds: z.number().min(0).max(3600).default(5) }).prefault({}),
});
export type AgentSettings = z.infer<typeof agentSettingsSchema>;
