import * as z from 'zod';
import { nameSchema } from '../release/identifiers.ts';
import { remember } from '../release/remember.ts';
import { checkStored } from '../release/stored.ts';
import { parseJson } from '../release/validate.ts';
import { machineKeys } from './instance-keys.ts';
import { shippingSchema } from './log.ts';
import { repositoriesSchema } from './repository.ts';
import { standardRuleSeconds, storedRolloutSchema } from './rollout-times.ts';
import { capacitySchema, healthSchema, recorderSchema, scalingSchema } from './service.ts';
import { warmPoolSchema } from './warm-pool.ts';

const text = z.string().min(1);

/** Where a service stands behind the load balancer. */
export const balancerSchema = z.strictObject({
  rule: text.meta({ description: 'ARN of the production rule.' }),
  testRule: text.meta({ description: 'ARN of the test rule.' }),
  targetGroups: z.strictObject({ blue: text, green: text }).meta({ description: 'ARNs.' }),
});
export type Balancer = z.infer<typeof balancerSchema>;

/**
 * Value of the parameter `settings`: everything that the agent and the workflow need to know of a service. The stack
 * writes it; a fleet pins one version of it for life.
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
  log: shippingSchema.prefault({}),
  start: text.optional(),
  port: z.int().min(1).max(65_535).optional(),
  health: healthSchema.optional(),
  record: recorderSchema.optional(),
  capacity: capacitySchema,
  scaling: scalingSchema,
  warmPool: warmPoolSchema.optional(),
  launchTemplate: z.strictObject({
    id: text,
    build: text.meta({
      description: 'Version description of the launch template version that belongs to these settings.',
    }),
  }),
  subnets: z.array(text).min(1),
  balancer: balancerSchema.optional(),
  rollout: storedRolloutSchema,
});
export type Settings = z.infer<typeof settingsSchema>;

/** Reads settings from the parameter's value; `what` names the parameter in errors. */
export const parseSettings = remember(
  (value, what): Settings => checkStored(settingsSchema, parseJson(value, what, 'InvalidRecord'), what),
);

/**
 * Settings as they are written. Keys that 0.1.0 does not know are left out as long as they say what their absence
 * means: it refuses unknown keys, and so can be gone back to.
 */
export function writtenSettings(settings: Settings): z.input<typeof settingsSchema> {
  const { metadata, rollout, ...rest } = settings;
  const { ruleSeconds, ...times } = rollout;
  return {
    ...rest,
    ...(metadata !== 'root' && { metadata }),
    rollout: { ...times, ...(ruleSeconds !== standardRuleSeconds && { ruleSeconds }) },
  };
}
