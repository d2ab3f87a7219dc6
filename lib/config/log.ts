import * as z from 'zod';

/** Retention times that CloudWatch Logs accepts for a log group. Days. */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Part of the log settings that an instance needs. */
export const shippingSchema = z.strictObject({
  everySeconds: z.int().min(10).max(3600).default(60).meta({
    description: 'Time between two looks at the journal for what is new. Seconds. Default: 60.',
  }),
});
/** How often an instance ships its log. */
export type Shipping = z.infer<typeof shippingSchema>;

/** The log of a service's instances in CloudWatch Logs. */
export const logSchema = z.strictObject({
  ...shippingSchema.shape,
  retentionDays: z.literal(retentions).default(180).meta({
    description: 'Days that CloudWatch keeps a line. Default: 180.',
  }),
});
