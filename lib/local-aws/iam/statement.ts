import * as z from 'zod';
import { check } from '../../release/validate.ts';

const many = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

/** Elements of a statement that are modelled. Others, such as NotAction, are refused by name. */
const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: many,
  Resource: many,
  Condition: z.record(z.string(), z.record(z.string(), many)).default({}),
});

const documentSchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(statementSchema),
});

/** A statement of an identity's policy. */
export type Statement = z.output<typeof statementSchema>;

const trustSchema = z.object({
  Statement: z.array(
    z.strictObject({
      Effect: z.literal('Allow'),
      Action: z.literal('sts:AssumeRole'),
      Principal: z.strictObject({ Service: many }),
    }),
  ),
});

/** Statements of a policy document; `what` names it in errors. */
export function parseStatements(document: unknown, what: string): Statement[] {
  return check(documentSchema, document, what).Statement;
}

/** Services that may assume a role. */
export function parseTrust(document: unknown, what: string): string[] {
  return check(trustSchema, document, what).Statement.flatMap(({ Principal }) => Principal.Service);
}
