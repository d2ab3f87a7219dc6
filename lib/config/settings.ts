import * as z from 'zod';
import { check, parseJson } from '../release/check.ts';
import { branchSchema, nameSchema } from '../release/names.ts';
import { remember } from '../release/remember.ts';
import { machineKeys } from './machine.ts';
import { repositoriesSchema } from './repository.ts';
import { rolloutSchema } from './rollout.ts';
import { capacitySchema, healthSchema, scalingSchema } from './service.ts';

const text = z.string().min(1);

/** Where a service stands behind the load balancer. */
export const balancerSchema = z.strictObject({
  rule: text.meta({ description: 'ARN of the production rule.' }),
  testRule: text.meta({ description: 'ARN of the test rule.' }),
  targetGroups: z.strictObject({ blue: text, green: text }).meta({ description: 'ARNs.' }),
});
export type Balancer = z.infer<typeof balancerSchema>;

/**
 * Value of the parameter `settings`: what the agent and the workflow need to know of a service.
 * The stack writes it, a fleet pins one version of it for life.
 */
export const settingsSchema = z.strictObject({
  schema: z.literal(1),
  environment: nameSchema,
  service: nameSchema,
  tier: z.enum(['web', 'middle', 'data', 'monitoring']),
  role: nameSchema,
  roleId: text.meta({
    description: "Unique id of the instances' IAM role: the first part of their aws:userid.",
  }),
  root: text,
  bucket: text,
  repositories: repositoriesSchema,
  configuration: nameSchema.optional(),
  ...machineKeys,
  start: text.optional(),
  port: z.int().min(1).max(65_535).optional(),
  health: healthSchema.optional(),
  capacity: capacitySchema,
  scaling: scalingSchema,
  launchTemplate: z.strictObject({
    id: text,
    build: text.meta({
      description: 'Version description of the launch template version that belongs to these settings.',
    }),
  }),
  subnets: z.array(text).min(1),
  balancer: balancerSchema.optional(),
  rollout: rolloutSchema,
});
export type Settings = z.infer<typeof settingsSchema>;

/** Reads settings from the parameter's value; `what` names the parameter in errors. */
export const parseSettings = remember(
  (value, what): Settings =>
    check(settingsSchema, parseJson(value, what, 'InvalidRecord'), what, 'InvalidRecord'),
);

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
