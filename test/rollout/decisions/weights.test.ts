import {
  allToOne,
  allToOneOf,
  describeForward,
  sameForward,
  share,
} from '../../../lib/rollout/decisions/weights.ts';

const rule = (...weights: [string, number][]) =>
  weights.map(([targetGroup, weight]) => ({ targetGroup, weight }));

test('all traffic goes to one; the others stay in the rule', () => {
  expect(allToOneOf('a', ['b', undefined, 'a', 'b'])).toEqual(rule(['a', 100], ['b', 0]));
  expect(allToOne('a')).toEqual(rule(['a', 100]));
});

test('a share is what the weights make of it', () => {
  expect(share(rule(['a', 100], ['b', 0]), 'a')).toBe(1);
  expect(share(rule(['a', 1], ['b', 3]), 'b')).toBe(0.75);
  expect(share(rule(['a', 0]), 'a')).toBe(0);
  expect(share([], 'a')).toBe(0);
  expect(share(rule(['a', 1]), undefined)).toBe(0);
});

test('two rules are the same when they name the same groups and spread the traffic in the same way', () => {
  expect(sameForward(rule(['a', 1]), rule(['a', 100]))).toBe(true);
  expect(sameForward(rule(['a', 1], ['b', 0]), rule(['b', 0], ['a', 9]))).toBe(true);
  expect(sameForward(rule(['a', 1], ['b', 0]), rule(['a', 1]))).toBe(false);
  expect(sameForward(rule(['a', 1]), rule(['b', 1]))).toBe(false);
  expect(sameForward([], [])).toBe(true);
  expect(sameForward([], rule(['a', 1]))).toBe(false);
});

test('weights fit into a sentence', () => {
  expect(describeForward(rule(['arn:aws:elb:targetgroup/blue/123', 100], ['odd', 0]))).toBe(
    'blue 100, odd 0',
  );
  expect(describeForward([])).toBe('a fixed answer');
});
