import { matches } from '../../../lib/local-aws/cloudformation/event-pattern.ts';

const event = {
  source: 'aws.states',
  detail: { status: 'FAILED', machine: 'arn:rollout' },
  resources: ['a', 'b'],
};

it.each([
  [{ source: ['aws.states'] }, true],
  [{ source: ['aws.ec2'] }, false],
  [{ source: ['aws.ec2', 'aws.states'], detail: { status: ['ABORTED', 'FAILED'] } }, true],
  [{ detail: { status: ['FAILED'], machine: ['arn:settle'] } }, false],
  [{ detail: { machine: [{ prefix: 'arn:' }] } }, true],
  [{ detail: { machine: [{ prefix: 'x' }] } }, false],
  [{ resources: ['b'] }, true],
  [{ missing: { deep: ['x'] } }, false],
])('%j matches: %s', (pattern, expected) => {
  expect(matches(pattern, event)).toBe(expected);
});

it('refuses comparisons that it does not know', () => {
  expect(() => matches({ source: [{ suffix: 'x' } as never] }, event)).toThrow(
    'does not know the comparison',
  );
});
