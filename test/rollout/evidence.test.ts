import { causeOf, lastBytes, sentenceOf, worthKeeping } from '../../lib/rollout/evidence.ts';

test('takes the sentence out of what Lambda wraps around it', () => {
  expect(sentenceOf({ Cause: '{"errorType":"X","errorMessage":"it broke","trace":[]}' })).toBe('it broke');
  expect(sentenceOf({ Cause: 'plain words' })).toBe('plain words');
  expect(sentenceOf({ Cause: '{"other":1}' })).toBe('{"other":1}');
  expect(sentenceOf({})).toBe('no cause was given');
  expect(sentenceOf({ Cause: 'x'.repeat(40_000) })).toHaveLength(2000);
});

test('a cause ends with where the evidence is', () => {
  const found = { committed: false, evidence: 's3://store/evidence/web/d-1.json' };
  expect(causeOf({ Cause: 'it broke' }, found)).toBe('it broke; evidence: s3://store/evidence/web/d-1.json');
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
