import * as z from 'zod';
import { colours } from './colour.ts';
import { HoldfastError } from './errors.ts';
import { releaseSchema } from './release.ts';
import { remember } from './remember.ts';
import { checkStored } from './stored.ts';
import { parseJson } from './validate.ts';

/** Version of the record's shape. A reader refuses any other. */
export const recordVersion = 1;

/** Most bytes of a standard parameter in SSM Parameter Store. */
export const parameterBytes = 4096;

export const recordSchema = z.strictObject({
  schema: z.literal(recordVersion),
  release: releaseSchema,
  colour: z.enum(colours as ['blue', 'green']).optional(),
  fleet: z.string().min(1).max(255).optional().meta({ description: 'Auto Scaling group that serves.' }),
  settings: z.int().positive().optional().meta({ description: 'Version of the settings parameter.' }),
  verified: z.boolean().default(true).meta({
    description: 'Whether each commit was seen to be on its branch; left out means true.',
  }),
  deployment: z.string().min(1).max(256).meta({ description: 'Execution name.' }),
  by: z.string().min(1).max(256),
  at: z.iso.datetime({ offset: true }),
  reason: z.string().max(1024).optional(),
});

/** The JSON value that holds a release: `deployed`, `blue` or `green`. */
export type DeployedRecord = z.infer<typeof recordSchema>;

/** Reads a record from a parameter's value; `what` names the parameter in errors. */
export const parseRecord = remember((value, what): DeployedRecord => {
  const json = parseJson(value, what, 'InvalidRecord');
  const version = (json as { schema?: unknown } | null)?.schema;
  if (version !== undefined && version !== recordVersion) {
    throw new HoldfastError(
      'InvalidRecord',
      `${what}: found schema ${JSON.stringify(version)}, this version of Holdfast reads schema ${recordVersion}; update it`,
    );
  }
  return checkStored(recordSchema, json, what);
});

/** Writes a record as a parameter's value, checked; `what` names the parameter in errors. */
export function formatRecord(record: DeployedRecord, what: string): string {
  const text = JSON.stringify(checkStored(recordSchema, record, what));
  const bytes = Buffer.byteLength(text);
  if (bytes <= parameterBytes) return text;
  throw new HoldfastError(
    'InvalidRecord',
    `${what}: the record has ${bytes} bytes, a parameter holds at most ${parameterBytes}; shorten the reason or split the service's ${Object.keys(record.release).length} repositories`,
  );
}
