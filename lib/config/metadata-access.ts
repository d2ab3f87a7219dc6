import * as z from 'zod';

/** A name that `useradd` takes; it stands in a command line. */
const userSchema = z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/, 'the name of a user of the machine');

/**
 * Who on an instance may ask its metadata service, which gives the credentials of the role to whoever asks. Root always
 * may.
 */
export const metadataAccessSchema = z.union([
  z.enum(['root', 'service']),
  z.strictObject({
    users: z.array(userSchema).min(1).max(20).meta({ description: 'Names of users, beside root.' }),
  }),
]);
export type MetadataAccess = z.infer<typeof metadataAccessSchema>;
