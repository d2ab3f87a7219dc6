import type {
  Answer,
  CheckEvent,
  DeploymentInput,
  EvidenceEvent,
  Failure,
  StartEvent,
  Started,
  StepEvent,
} from '../../../lib/rollout/contract.ts';
import { endingOf } from '../../../lib/rollout/decisions/evidence.ts';
import { answerFor, extendWait, notReady, ready } from '../../../lib/rollout/decisions/finding.ts';
import { parseInput, parseSettleInput } from '../../../lib/rollout/input.ts';
import { type Readers, readersOf } from './readers.ts';

/** What a state handed to a step, and what it got back. */
interface Handed<Event, Result> {
  event: Event;
  result: Result;
}

const inputs: Record<string, DeploymentInput> = {
  'empty.json': { service: 'web' },
  'primary.json': {
    service: 'web',
    branch: 'main',
    commit: 'a'.repeat(40),
    overlay: 'none',
    reason: 'the new cart',
    by: 'ci',
  },
  'by-repository.json': {
    service: 'web',
    branch: { site: 'main', states: 'next' },
    commit: { states: 'b'.repeat(40) },
    overlay: { site: 'overlays/web/site/build-77.tar.zst' },
  },
};

const rollout = 'arn:aws:states:eu-west-1:111111111111:execution:holdfast-prod-rollout:';

/** Errors by which a wait that is overdue ends. */
const checks: Record<string, string> = {
  'check-health-ready.json': 'CandidateNotReady',
  'check-health-waiting.json': 'CandidateNotReady',
  'check-in-service-ready.json': 'NotInService',
  'check-in-service-waiting.json': 'NotInService',
  'check-drained-ready.json': 'SettleOverdue',
  'check-drained-waiting.json': 'SettleOverdue',
  'check-terminated-ready.json': 'SettleOverdue',
  'check-terminated-waiting.json': 'SettleOverdue',
};

/** Steps that get no more than who runs and for which service; whether a wait follows them. */
const steps: Record<string, boolean> = {
  'boot.json': true,
  'register.json': true,
  'drain.json': true,
  'terminate.json': true,
  'shift-ready.json': true,
  'restore-ready.json': true,
};

export const executionReaders: Readers = {
  ...readersOf('executions/inputs', inputs, (text, expected) =>
    expect(parseInput(JSON.parse(text))).toEqual(expected),
  ),
  'executions/inputs/settle.json': (text) =>
    expect(parseSettleInput(JSON.parse(text))).toEqual({
      service: 'web',
      reason: 'the sweep found an open journal of an execution that ended',
    }),
  ...readersOf('executions/states', steps, (text, waits) => {
    const { event, result }: Handed<StepEvent, Partial<Started>> = JSON.parse(text);
    expect(event).toMatchObject({ service: 'web', execution: `${rollout}${event.deployment}` });
    expect(Number.isNaN(Date.parse(result.deadline ?? ''))).toBe(!waits);
  }),
  ...readersOf('executions/states', checks, (text, error) => {
    const { event, result }: Handed<CheckEvent, Answer> = JSON.parse(text);
    const found = result.outcome === 'ready' ? ready : notReady(result.because);
    const look = { now: 0, poll: 5, error: result.error };
    expect(result.error).toBe(error);
    expect(answerFor(found, event.wait, look)).toMatchObject({ ...result, deadline: event.wait.deadline });
    expect(extendWait(event.wait, Date.parse(event.wait.latest), 60).deadline).toBe(event.wait.latest);
  }),
  'executions/states/prepare-ready.json': (text) => {
    const { event, result }: Handed<StartEvent, unknown> = JSON.parse(text);
    expect(parseInput(event.input)).toEqual({ service: 'web', by: 'ada' });
    expect(event).toMatchObject({ execution: `${rollout}d-1`, startedAt: '2026-01-01T00:00:00.050Z' });
    expect(result).toEqual({ outcome: 'ready', because: '', balanced: true, poll: 5 });
  },
  'executions/states/take-over-wait.json': (text) => {
    const { event, result }: Handed<StartEvent, unknown> = JSON.parse(text);
    expect(parseSettleInput(event.input).reason).toMatch(/^execution of deployment d-4 ended \(ABORTED\)/);
    expect(result).toEqual({ outcome: 'wait', because: `taken over from ${rollout}d-4` });
  },
  'executions/states/evidence.json': (text) => {
    const { event, result }: Handed<EvidenceEvent, Failure> = JSON.parse(text);
    const evidence = 'evidence: s3://holdfast-prod-111111111111/evidence/web/d-3.json';
    const ending = endingOf(event.state, { step: 'boot', committed: false, evidence });
    expect({ ...ending, settle: true }).toEqual(result);
  },
};
