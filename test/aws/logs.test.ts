import { cloudWatchLogs } from '../../lib/aws/logs.ts';
import { AwsError } from '../../lib/local-aws/model/error.ts';
import { type Clients, clients } from '../support/local-aws/clients.ts';

const to = { group: 'g', stream: 'i-1' };

describe('logs', () => {
  let aws: Clients;
  beforeEach(async () => {
    aws = await clients('memory');
    aws.world.logs.createLogGroup({ logGroupName: 'g' });
  });
  afterEach(() => aws.close());

  const event = () => ({ timestamp: aws.clock.now(), message: 'one' });

  test('a refusal says what was written to', async () => {
    await cloudWatchLogs(aws.logs).create(to);
    aws.world.faults.next('logs', 'PutLogEvents', { error: new AwsError('AccessDeniedException', 'no') });
    await expect(cloudWatchLogs(aws.logs).put(to, [event()])).rejects.toMatchObject({
      name: 'AwsFailed',
      message: 'could not write to stream i-1 of log group g: AccessDeniedException: no',
    });
  });
});
