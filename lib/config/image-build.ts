import * as z from 'zod';
import { defaultImage, imageSchema } from './image.ts';

/** How base images of a service are built. */
export const imageBuildSchema = z.strictObject({
  parent: imageSchema.default(defaultImage).meta({
    description:
      'Image to start from; it must bring the SSM agent. Default: Amazon Linux 2023 for arm64, newest at each build.',
  }),
  schedule: z
    .string()
    .regex(/^(cron|rate)\([^()]{1,100}\)$/, 'a schedule such as cron(0 3 ? * mon *)')
    .optional()
    .meta({ description: 'When to build, UTC: cron(...) or rate(...). Default: when somebody starts it.' }),
});
export type ImageBuild = z.infer<typeof imageBuildSchema>;
