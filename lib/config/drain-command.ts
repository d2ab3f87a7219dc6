import * as z from 'zod';

/** Command that an instance runs before it leaves. */
export const drainSchema = z.strictObject({
  command: z.string().min(1).max(1024).meta({
    description:
      'Shell line run in the primary release when the instance is about to end: finish jobs, leave the cluster. The service goes on answering meanwhile, so it must not be stopped.',
  }),
  deadlineSeconds: z.int().min(1).max(7200).default(300).meta({
    description: 'Time that the command has; then the instance goes all the same. Seconds. Default: 300.',
  }),
});
