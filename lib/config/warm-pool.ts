import * as z from 'zod';

/** Instances that are built and wait beside the fleet. */
export const warmPoolSchema = z
  .strictObject({
    min: z.int().min(0).max(1000).default(0).meta({ description: 'Fewest instances that wait. Default: 0.' }),
    max: z.int().min(1).max(1000).optional().meta({
      description:
        'Most instances of fleet and pool together; what the fleet does not use of it waits. Default: capacity.max.',
    }),
    state: z.literal('stopped').default('stopped').meta({
      description:
        'State in which they wait. Only stopped: one that leaves a running or hibernated pool does not boot, so nothing would complete its launch hook. Default: stopped.',
    }),
  })
  .refine(({ min, max }) => max === undefined || min <= max, { message: 'min not above max' });
export type WarmPool = z.infer<typeof warmPoolSchema>;
