import * as z from 'zod';
import { sha256Schema } from '../release/identifiers.ts';

const executable = z.strictObject({
  sha256: sha256Schema.meta({
    description: 'SHA-256 of the executable, which lies under `node/<sha256>` in the store bucket.',
  }),
});

/** Digests of a Node for instances whose image and distribution have none of version 24 or newer, by architecture. */
export const nodeSchema = z.strictObject({
  arm64: executable.optional().meta({ description: 'For arm64. Default: none.' }),
  x86_64: executable.optional().meta({ description: 'For x86_64. Default: none.' }),
});
