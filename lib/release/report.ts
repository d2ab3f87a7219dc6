import * as z from 'zod';
import { colours } from './colour.ts';
import { commitInfoSchema } from './commit-info.ts';
import { type ErrorName, errorNames } from './errors.ts';
import { nameSchema } from './identifiers.ts';
import { artifactEntrySchema, gitEntrySchema, type Release } from './release.ts';
import { remember } from './remember.ts';
import { checkStored } from './stored.ts';
import { check, parseJson } from './validate.ts';

const text = z.string().min(1);

const reportedEntrySchema = z.union([
  gitEntrySchema.extend(commitInfoSchema.partial().shape),
  artifactEntrySchema,
]);

export const phaseSchema = z.strictObject({
  name: text,
  repository: nameSchema.optional().meta({ description: 'Left out: of all repositories.' }),
  seconds: z.number().min(0),
});
/** One timed part of an instance's work. */
export type Phase = z.infer<typeof phaseSchema>;

export const reportErrorSchema = z.strictObject({
  name: z.enum(errorNames),
  message: text,
  retryable: z.boolean().meta({ description: 'Whether another instance may succeed.' }),
});

export const reportSchema = z.strictObject({
  schema: z.literal(1),
  instance: text,
  environment: nameSchema,
  service: nameSchema,
  role: nameSchema,
  colour: z.enum(colours as ['blue', 'green']).optional(),
  record: text.meta({ description: '`NAME:VERSION` of the record that was applied.' }),
  settings: text.meta({ description: '`NAME:VERSION` of the settings.' }),
  deployment: text.optional(),
  result: z.enum(['ready', 'failed']),
  release: z.record(nameSchema, reportedEntrySchema),
  phases: z.array(phaseSchema),
  /** Problems that did not stop the bootstrap. */
  warnings: z.array(text).optional(),
  error: reportErrorSchema.optional(),
  at: z.iso.datetime(),
});
/** What an instance says about its own bootstrap. */
export type Report = z.infer<typeof reportSchema>;

/** Reads a report from the object's body; `what` names the object in errors. */
export const parseReport = remember(
  (body, what): Report => checkStored(reportSchema, parseJson(body, what, 'InvalidRecord'), what),
);

/** Writes a report as the object's body, checked. */
export function formatReport(report: Report, what: string): string {
  return JSON.stringify(check(reportSchema, report, what, 'InvalidRecord'));
}

/** The release of a report as records hold it, without author, date and subject. */
export function releaseOf(report: Report): Release {
  const entries = Object.entries(report.release).map(([name, entry]) => {
    if ('artifact' in entry) return [name, entry] as const;
    const { branch, commit, overlay } = entry;
    return [name, { branch, commit, ...(overlay ? { overlay } : {}) }] as const;
  });
  return Object.fromEntries(entries);
}

/** Errors that another instance may not meet. All others come from the release or the settings. */
const passing: readonly ErrorName[] = ['AwsFailed', 'GitFailed', 'BootstrapFailed'];

/** Whether another instance may succeed. */
export function isRetryable(name: ErrorName): boolean {
  return passing.includes(name);
}
