/** The smallest program on Node with the SDK: it reads one parameter. */
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

const client = new SSMClient({ region: process.env.AWS_REGION ?? 'us-east-1' });
client.send(new GetParameterCommand({ Name: process.argv[2] })).then((answer) => {
  process.stdout.write(answer.Parameter?.Value ?? '');
});
