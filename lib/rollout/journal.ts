import { z } from 'zod';
import { check, parseJson } from '../release/check.ts';
import { nameSchema } from '../release/names.ts';
import { recordSchema } from '../release/record.ts';

const text = z.string().min(1);

/** `NAME:VERSION` of a parameter. */
const parameterVersion = z.string().regex(/^\/.+:\d+$/, 'NAME:VERSION of a parameter');

/** The fleet that a running deployment brings up. */
export const candidateSchema = z.strictObject({
  colour: z.enum(['blue', 'green']),
  /** Auto Scaling group; its name is known before it exists. */
  fleet: text,
  record: parameterVersion,
  settings: z.int().positive().meta({ description: 'Version of the settings parameter.' }),
});
export type Candidate = z.infer<typeof candidateSchema>;

export const commitSchema = z.strictObject({
  record: recordSchema,
  published: z.int().positive().optional().meta({
    description: 'Version of `deployed` that holds it; left out: not published yet, to be rolled forward.',
  }),
});

export const journalSchema = z.strictObject({
  schema: z.literal(1),
  service: nameSchema,
  state: z.enum(['open', 'closed']),
  /** ARN of the execution that owns it, or owned it last. */
  execution: text,
  /** ARN of the deployment that opened it: a redriven one finds itself here. */
  origin: text,
  /** Name of that deployment. */
  deployment: text,
  kind: z.enum(['deployment', 'settle']).meta({ description: 'What owns it.' }),
  phase: z.enum(['rollout', 'settle']).meta({ description: 'From restore on: settle.' }),
  by: text,
  since: z.iso.datetime().meta({ description: 'When the owner took it.' }),
  settling: z.iso.datetime().optional().meta({ description: 'When this owner began to settle.' }),
  taken: text.optional().meta({ description: 'ARN of the execution that it was taken over from.' }),
  step: text.meta({ description: 'How far: the last step that noted something.' }),
  reason: z.string().optional(),
  deployed: z.int().positive().optional().meta({
    description: 'Version of `deployed` that a reader must see at least; left out: never deployed so far.',
  }),
  candidate: candidateSchema.optional(),
  commit: commitSchema.optional(),
});
/** `journal/<service>.json`. Whoever owns an open one may act; a closed one keeps what the next reader must know. */
export type Journal = z.infer<typeof journalSchema>;

/** Reads a journal from the object's body; `what` names the object in errors. */
export function parseJournal(body: string, what: string): Journal {
  return check(journalSchema, parseJson(body, what, 'InvalidRecord'), what, 'InvalidRecord');
}

export function formatJournal(journal: Journal, what: string): string {
  return JSON.stringify(check(journalSchema, journal, what, 'InvalidRecord'));
}
