import type { RuleAction } from '../../../lib/aws/balancer.ts';
import { readSettledRule } from '../../../lib/rollout/actions/rules.ts';
import { FakeAws } from '../../support/fleet/fake-aws.ts';

const old = { forward: [{ targetGroup: 'blue', weight: 100 }], sticky: false };
const moved = { forward: [{ targetGroup: 'green', weight: 100 }], sticky: false };
const isMoved = ({ forward }: RuleAction) => forward[0]?.targetGroup === 'green';

/** A load balancer that answers with these, one after the other, and stays with the last. */
function answering(...answers: (typeof old | undefined)[]): FakeAws {
  const aws = new FakeAws();
  aws.balancer.action = async () => (answers.length > 1 ? answers.shift() : answers[0]);
  return aws;
}

test('an old answer about a rule is asked again', async () => {
  expect(await readSettledRule(answering(old, undefined, old, moved), 'rule', isMoved)).toEqual(moved);
});

test('a rule that stays as it is, is that after ten seconds; one that stays away was deleted', async () => {
  const aws = answering(old);
  const began = aws.time;
  expect(await readSettledRule(aws, 'rule', isMoved)).toEqual(old);
  expect(aws.time - began).toBe(10_000);
  await expect(readSettledRule(answering(undefined), 'rule', isMoved)).rejects.toThrow(
    'found no rule rule, expected the one that the settings name; someone deleted it',
  );
});
