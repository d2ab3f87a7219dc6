import * as z from 'zod';
import { commitInfoSchema } from './commit-info.ts';
import { errorNames } from './errors.ts';
import { nameSchema } from './identifiers.ts';
import { gitEntrySchema } from './release.ts';
import { check } from './validate.ts';

const text = z.string().min(1);

/**
 * What an instance says of its last refresh. It is separate from the instance's report, because health checks of
 * every version read that one.
 */
const refreshReportSchema = z.strictObject({
  schema: z.literal(1),
  instance: text,
  environment: nameSchema,
  service: nameSchema,
  role: nameSchema,
  result: z.enum(['well', 'failed']),
  configuration: gitEntrySchema
    .extend(commitInfoSchema.partial().shape)
    .optional()
    .meta({ description: 'The configuration that is applied; left out when there is none.' }),
  errors: z
    .array(z.strictObject({ name: z.enum(errorNames), message: text }))
    .meta({ description: 'Of values, configuration and services, those that failed.' }),
  at: z.iso.datetime().meta({ description: 'When this was first found so.' }),
});
export type RefreshReport = z.infer<typeof refreshReportSchema>;

/** Formats a refresh report as the object's body, checked. */
export function formatRefreshReport(report: RefreshReport, what: string): string {
  return JSON.stringify(check(refreshReportSchema, report, what, 'InvalidRecord'));
}
