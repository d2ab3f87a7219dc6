import validate from 'asl-validator';
import { StateMachine } from 'aws-local-stepfunctions';
import { otherSteps, rolloutSteps, settleSteps } from '../../../../lib/rollout/contract.ts';
import { type Definition, definitions, type State } from '../../../support/stack/definition.ts';

const { rollout, settle } = definitions();
const tasks = (definition: Definition) =>
  Object.entries(definition.States).filter(([, state]) => state.Type === 'Task');
const nextOf = (state: State) => [
  ...(state.Next ? [state.Next] : []),
  ...(state.Default ? [state.Default] : []),
  ...(state.Choices ?? []).map((choice) => choice.Next),
  ...(state.Catch ?? []).map((each) => each.Next),
];

describe.each([
  ['rollout', rollout],
  ['settle', settle],
])('the %s machine', (_, definition) => {
  test('passes the validator of the states language', () => {
    const result = validate(definition);
    expect(result.errors).toEqual([]);
    expect(result.isValid).toBe(true);
  });

  test('is taken by an independent interpreter', () => {
    expect(() => new StateMachine(definition as never)).not.toThrow();
  });

  test('reaches every state', () => {
    const seen = new Set<string>();
    const visit = (name: string) => {
      if (seen.has(name)) return;
      seen.add(name);
      nextOf(definition.States[name] as State).forEach(visit);
    };
    visit(definition.StartAt);
    expect([...seen].sort()).toEqual(Object.keys(definition.States).sort());
  });

  test('calls functions directly, retries errors of the Lambda service alone, and catches everything', () => {
    for (const [, state] of tasks(definition)) {
      expect(state.Resource).toMatch(/^arn:aws:lambda:/);
      expect(state.Retry?.flatMap((retry) => retry.ErrorEquals)).toEqual([
        'Lambda.ServiceException',
        'Lambda.AWSLambdaException',
        'Lambda.SdkClientException',
        'Lambda.TooManyRequestsException',
        'Lambda.ClientExecutionTimeoutException',
      ]);
      expect(state.Catch?.map((each) => each.ErrorEquals)).toEqual([['States.ALL']]);
      expect(state.QueryLanguage ?? 'JSONPath').toBe('JSONPath');
    }
  });

  test('waits between two looks of every loop', () => {
    // Without its wait states the graph has no way back to where it was.
    const open = new Set<string>();
    const visit = (name: string) => {
      const state = definition.States[name] as State;
      if (state.Type === 'Wait') return;
      expect(open).not.toContain(name);
      open.add(name);
      for (const next of nextOf(state)) visit(next);
      open.delete(name);
    };
    visit(definition.StartAt);
  });
});

test('names each task after its step; unsettled keeps evidence too', () => {
  expect(
    tasks(rollout)
      .map(([name]) => name)
      .sort(),
  ).toEqual([...rolloutSteps, ...settleSteps, 'evidence', 'unsettled'].sort());
  expect(
    tasks(settle)
      .map(([name]) => name)
      .sort(),
  ).toEqual(['take-over', ...settleSteps, 'unsettled'].sort());
  expect(otherSteps).toContain('sweep');
});

test('takes every failure of the rollout to evidence and then to settle', () => {
  for (const name of rolloutSteps) {
    expect(rollout.States[name]?.Catch).toEqual([
      { ErrorEquals: ['States.ALL'], Next: 'evidence', ResultPath: '$.failure' },
    ]);
  }
  expect(rollout.States.evidence?.Catch?.[0]?.Next).toBe('answered?');
  expect(rollout.States['answered?']?.Default).toBe('restore');
  expect(rollout.States['wait for late writes']?.Next).toBe('restore');
});

test('takes a failing settle to the end by way of its evidence: sweep settles later', () => {
  for (const definition of [rollout, settle]) {
    for (const name of settleSteps) expect(definition.States[name]?.Catch?.[0]?.Next).toBe('unsettled');
    expect(definition.States['settle overdue']?.Next).toBe('unsettled');
    expect(definition.States.unsettled).toMatchObject({
      Resource: expect.stringContaining(':function:evidence:'),
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'not settled', ResultPath: '$.evidence' }],
      ResultPath: '$.failure',
      Next: 'failed',
    });
  }
  expect(settle.States['take-over']?.Catch?.[0]?.Next).toBe('unsettled');
});

test('settles in both machines with the same states', () => {
  for (const name of [...settleSteps, 'unsettled']) expect(settle.States[name]).toEqual(rollout.States[name]);
});

test('waits longer than a Lambda can run after a take-over', () => {
  expect(settle.States['wait for late writers']?.Seconds).toBe(70);
});
