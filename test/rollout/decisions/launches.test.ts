import { judgeLaunches } from '../../../lib/rollout/decisions/launches.ts';

const since = '2026-11-22T10:00:00.000Z';
const later = '2026-11-22T10:01:00.000Z';
const finding = { ready: false, because: '0 of 2 are ready' } as const;
const judge = (...messages: string[]) =>
  judgeLaunches(
    finding,
    'fleet',
    messages.map((message) => ({ at: later, message })),
    since,
  );
const ended = (reason: string) =>
  `Instance became unhealthy while waiting for instance to be in InService state. Termination Reason: ${reason}`;

describe('a failed launch', () => {
  test.each([
    'We currently do not have sufficient t4g.small capacity in the Availability Zone you requested (eu-west-1a). Launching EC2 instance failed.',
    'You have requested more vCPU capacity than your current vCPU limit of 32 allows. Launching EC2 instance failed.',
    'Your requested instance type (t4g.small) is not supported in your requested Availability Zone (eu-west-1a). Launching EC2 instance failed.',
    'There are not enough free addresses in subnet subnet-a. Launching EC2 instance failed.',
    'Value (web) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name. Launching EC2 instance failed.',
    ended('Client.VolumeLimitExceeded: Volume limit exceeded'),
    ended('Server.InternalError: Internal error on launch'),
  ])('may pass: %s', (message) => {
    expect(judge(message)).toEqual({
      ready: false,
      because: `0 of 2 are ready; the launch at ${later} failed: ${message}`,
    });
  });

  test.each([
    "The architecture 'x86_64' of the specified instance type does not match the architecture 'arm64' of the specified AMI. Launching EC2 instance failed.",
    'You are not authorized to perform this operation. Encoded authorization failure message: abc. Launching EC2 instance failed.',
    'UnauthorizedOperation: no. Launching EC2 instance failed.',
    "Invalid value 't9.huge' for InstanceType. Launching EC2 instance failed.",
    'InvalidParameterValue: no. Launching EC2 instance failed.',
    "The image id '[ami-00000001]' does not exist. Launching EC2 instance failed.",
    "Volume of size 4GB is smaller than snapshot 'snap-1', expect size >= 8GB. Launching EC2 instance failed.",
    ended('Client.InternalError: Client error on launch'),
    ended('Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state'),
  ])('cannot pass, and ends the deployment: %s', (message) => {
    expect(() => judge(message)).toThrow(
      `fleet fleet: a launch failed, and each further one would: ${message} (0 of 2 are ready); correct `,
    );
  });

  test('counts when it is the newest, and since the deployment began', () => {
    expect(judge('no capacity', 'UnauthorizedOperation').because).toContain('no capacity');
    const old = [{ at: '2026-11-22T09:59:59.000Z', message: 'UnauthorizedOperation' }];
    expect(judgeLaunches(finding, 'fleet', old, since)).toEqual(finding);
    expect(judge()).toEqual(finding);
  });

  test('says nothing when the instance itself gave up: its report does', () => {
    expect(judge('Lifecycle Action Completed with ABANDON Result')).toEqual(finding);
    expect(
      judge('Lifecycle Action with token t was abandoned: Heartbeat Timeout', 'no capacity').because,
    ).toContain('no capacity');
  });

  test('is cut to a length that a sentence bears', () => {
    expect(judge('x'.repeat(5_000)).because.length).toBeLessThan(700);
  });
});
