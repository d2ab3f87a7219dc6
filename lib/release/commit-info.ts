import * as z from 'zod';

/** Author, date and subject of a commit; left out when the instance did not get that far. */
export const commitInfoSchema = z.strictObject({
  author: z.string(),
  date: z.iso.datetime({ offset: true }),
  subject: z.string(),
});
/** Author, date and subject of one commit. */
export type CommitInfo = z.infer<typeof commitInfoSchema>;
