import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { HoldfastError, messageOf } from '../../release/errors.ts';
import { branchSchema, nameSchema, sha256Schema } from '../../release/identifiers.ts';
import { check, parseJson } from '../../release/validate.ts';

const initSchema = z.object({
  environment: nameSchema,
  service: nameSchema,
  bucket: z.string().min(1),
  /** Digest of the agent. */
  agent: sha256Schema,
  /** A role other than that of the settings: one machine may take the roles of several. */
  role: nameSchema.optional(),
  /** Deploys the tip of this branch of the configuration repository instead of the recorded commit. */
  configurationBranch: branchSchema.optional(),
});
/** Information that an instance gets at birth. Keys of a later version are ignored. */
export type Init = z.infer<typeof initSchema>;

/** Reads the init information that the user-data wrote to a file. */
export function readInit(file: string): Init {
  const what = `init information ${file}`;
  try {
    return check(initSchema, parseJson(readFileSync(file, 'utf8'), what), what);
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    throw new HoldfastError('InvalidInput', `${what}: cannot be read (${messageOf(cause)})`, { cause });
  }
}
