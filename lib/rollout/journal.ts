import * as z from 'zod';
import { nameSchema } from '../release/identifiers.ts';
import { parameterVersionSchema } from '../release/parameter-version.ts';
import { recordSchema } from '../release/record.ts';
import { remember } from '../release/remember.ts';
import { checkStored } from '../release/stored.ts';
import { parseJson } from '../release/validate.ts';
import { unknownAliveSeconds } from './timing.ts';

const text = z.string().min(1);

/** The fleet that a running deployment brings up. */
export const candidateSchema = z.strictObject({
  colour: z.enum(['blue', 'green']),
  /** Auto Scaling group; its name is known before it exists. */
  fleet: text,
  record: parameterVersionSchema,
  settings: z.int().positive().meta({ description: 'Version of the settings parameter.' }),
});

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
export const parseJournal = remember(
  (body, what): Journal => checkStored(journalSchema, parseJson(body, what, 'InvalidRecord'), what),
);

export function formatJournal(journal: Journal, what: string): string {
  return JSON.stringify(checkStored(journalSchema, journal, what));
}

/** Who takes a journal. */
export interface Taker {
  service: string;
  /** ARN of the execution. */
  execution: string;
  deployment: string;
  kind: Journal['kind'];
  by: string;
  reason?: string | undefined;
}

/** A journal newly taken: nothing is left of the last deployment but the version of `deployed` it knew. */
export function openedJournal(taker: Taker, closed: Journal | undefined, now: number): Journal {
  const { reason, ...who } = taker;
  return {
    schema: 1,
    state: 'open',
    ...who,
    origin: taker.execution,
    phase: taker.kind === 'settle' ? 'settle' : 'rollout',
    since: new Date(now).toISOString(),
    step: taker.kind === 'settle' ? 'take-over' : 'prepare',
    ...(reason !== undefined && { reason }),
    ...(closed?.deployed !== undefined && { deployed: closed.deployed }),
  };
}

/** An open journal taken over from an execution that ended: candidate and commit stay, to be settled. */
export function takeOverJournal(stale: Journal, execution: string, now: number): Journal {
  const { settling: _, ...rest } = stale;
  return {
    ...rest,
    execution,
    taken: stale.execution,
    kind: 'settle',
    phase: 'settle',
    step: 'take-over',
    since: new Date(now).toISOString(),
  };
}

/** A journal given up: closed, with what the next reader must know. */
export function closedJournal(journal: Journal): Journal {
  const { candidate: _candidate, commit: _commit, settling: _settling, taken: _taken, ...rest } = journal;
  return { ...rest, state: 'closed', step: 'close' };
}

/**
 * Whether the execution that owns a journal may still act. One that Step Functions does not know yet was started
 * a moment ago: it counts as alive for a while.
 */
export function isAlive(journal: Pick<Journal, 'since'>, status: string | undefined, now: number): boolean {
  if (status !== undefined) return status === 'RUNNING';
  return now - Date.parse(journal.since) < unknownAliveSeconds * 1000;
}

/** `deployment d-7 of ci since 2026-11-22T10:00:00Z (boot)`: the owner in a sentence. */
export function describeOwner({ kind, deployment, by, since, step }: Journal): string {
  const what =
    kind === 'settle' ? `the settling of deployment ${deployment}` : `deployment ${deployment} of ${by}`;
  return `${what}, since ${since} (${step})`;
}
