import * as z from 'zod';

/** Who, when and what of a commit; left out when the instance did not get that far. */
export const commitInfoSchema = z.strictObject({
  author: z.string(),
  date: z.iso.datetime({ offset: true }),
  subject: z.string(),
});
/** Who, when and what of one commit. */
export type CommitInfo = z.infer<typeof commitInfoSchema>;
