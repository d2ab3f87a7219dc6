import { autoScalingGroups } from '../../lib/aws/groups.ts';
import { isTooEarly } from '../../lib/aws/too-early.ts';
import { AwsError } from '../../lib/local-aws/model/error.ts';
import { HoldfastError } from '../../lib/release/errors.ts';
import { clients } from '../support/local-aws/clients.ts';

/** What the adapter throws when AWS refuses a group. */
async function refusal(code: string, message: string): Promise<unknown> {
  const aws = await clients('memory');
  aws.world.faults.next('autoscaling', 'CreateAutoScalingGroup', { error: new AwsError(code, message) });
  const times = { launchHookSeconds: 300, terminateHookSeconds: 60 };
  const fleet = { name: 'green', size: 1, max: 1, subnets: [], targetGroups: [], tags: {} };
  const spec = { ...fleet, launchTemplate: { id: 'lt-1', version: 1 }, ...times };
  const error = await autoScalingGroups(aws.autoScaling)
    .create(spec)
    .catch((thrown: unknown) => thrown);
  await aws.close();
  return error;
}

test.each([
  'You must use a valid fully-formed launch template. The specified launch template version does not exist.',
  'You must use a valid fully-formed launch template. Value (web) for parameter iamInstanceProfile.name is invalid.',
  'Invalid IamInstanceProfile: Invalid IAM Instance Profile name',
  'Launch template version 7 does not exist.',
])('a moment later it may work: %s', async (message) => {
  expect(isTooEarly(await refusal('ValidationError', message))).toBe(true);
});

test.each([
  ['ValidationError', 'Provided Target Groups may not be valid'],
  ['AccessDenied', 'not authorized to use launch template version 7 does not exist'],
])('fails for good: %s: %s', async (code, message) => {
  expect(isTooEarly(await refusal(code, message))).toBe(false);
});

test('other errors are none of it', () => {
  expect(isTooEarly(new HoldfastError('AwsFailed', 'fully-formed launch template'))).toBe(false);
  expect(isTooEarly(new Error('fully-formed launch template'))).toBe(false);
});
