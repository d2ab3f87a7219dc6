import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { requestHandler } from '../../../lib/local-aws/wire/request-handler.ts';
import { fixture } from '../../support/local-aws/world.ts';

function client(secretAccessKey: string) {
  const { world } = fixture();
  world.keys.set('AKIA1', 'right');
  world.s3.createBucket({ Bucket: 'store' });
  world.ssm.putParameter({ Name: '/a', Value: 'x', Type: 'String' });
  const config = {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIA1', secretAccessKey },
    requestHandler: requestHandler(world),
    maxAttempts: 1,
  };
  return { ssm: new SSMClient(config), s3: new S3Client({ ...config, forcePathStyle: true }) };
}

describe('signatures', () => {
  test("the SDK's signatures are taken", async () => {
    const { ssm, s3 } = client('right');
    await expect(ssm.send(new GetParameterCommand({ Name: '/a' }))).resolves.toBeDefined();
    const put = new PutObjectCommand({
      Bucket: 'store',
      Key: "a b/ü(1)'*!.txt",
      Body: 'x',
      Metadata: { a: ' b  c ' },
    });
    await expect(s3.send(put)).resolves.toBeDefined();
  });

  test('refuses those made with another secret', async () => {
    const { ssm, s3 } = client('wrong');
    await expect(ssm.send(new GetParameterCommand({ Name: '/a' }))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    await expect(
      s3.send(new PutObjectCommand({ Bucket: 'store', Key: 'k', Body: 'x' })),
    ).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
  });
});
