import { endingOf, lastBytes, sentenceOf, worthKeeping } from '../../../lib/rollout/decisions/evidence.ts';

test('takes the sentence out of what Lambda wraps around it', () => {
  expect(sentenceOf({ Cause: '{"errorType":"X","errorMessage":"it broke","trace":[]}' })).toBe('it broke');
  expect(sentenceOf({ Cause: 'plain words' })).toBe('plain words');
  expect(sentenceOf({ Cause: '{"other":1}' })).toBe('{"other":1}');
  expect(sentenceOf({})).toBe('no cause was given');
  expect(sentenceOf({ Cause: 'x'.repeat(40_000) })).toHaveLength(2000);
});

const known = { committed: false, evidence: 'evidence: s3://store/evidence/web/d-1.json' };

describe('the ending', () => {
  const failure = { Error: 'NotHealthy', Cause: 'it broke' };
  const unsettled = { Error: 'SettleOverdue', Cause: '{"errorMessage":"2 of 3 are healthy"}' };

  test('of a failed deployment ends with where the evidence is', () => {
    expect(endingOf({ failure }, known)).toEqual({
      Error: 'NotHealthy',
      Cause: 'it broke; evidence: s3://store/evidence/web/d-1.json',
    });
  });

  test('of a settle that failed is its sentence, and when it starts again', () => {
    expect(endingOf({ unsettled }, { ...known, committed: true })).toEqual({
      Error: 'SettleOverdue',
      Cause:
        '2 of 3 are healthy; the release was recorded before and stays; settling starts again within 5 minutes; evidence: s3://store/evidence/web/d-1.json',
    });
  });

  test('of a deployment that failed and could not settle says both', () => {
    expect(endingOf({ failure, unsettled }, { committed: false })).toEqual({
      Error: 'NotHealthy',
      Cause:
        'it broke; settling failed too, SettleOverdue: 2 of 3 are healthy; settling starts again within 5 minutes',
    });
  });

  test('of a step that could not answer says so, and how far the deployment was', () => {
    const timedOut = { Error: 'Sandbox.Timedout', Cause: '{"errorMessage":"Task timed out"}' };
    expect(endingOf({ failure: timedOut }, { committed: false, step: 'boot' })).toEqual({
      Error: 'Sandbox.Timedout',
      Cause: 'a step ended without an answer, at boot or after it: Task timed out',
    });
  });

  test('of nothing known is still an ending', () => {
    expect(endingOf({}, { committed: false })).toEqual({ Error: 'Unknown', Cause: 'no cause was given' });
  });
});

test('keeps the newest part of a long console', () => {
  expect(lastBytes('abcdef', 3)).toBe('def');
  expect(lastBytes('ab', 3)).toBe('ab');
});

test('failed instances come first, then silent ones', () => {
  const instances = ['ready', 'silent', 'failed'].map((id) => ({ id }));
  const reports = [
    { instance: 'ready', result: 'ready' },
    { instance: 'failed', result: 'failed' },
  ];
  expect(worthKeeping(instances, reports, 2).map(({ id }) => id)).toEqual(['failed', 'silent']);
});
