import { Match } from 'aws-cdk-lib/assertions';
import { onlyResource, templateOf } from '../../support/stack/example.ts';

const template = templateOf('store');

describe('the store bucket', () => {
  test('is versioned, encrypted with a key of its own, closed to the public, and stays', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketName: 'holdfast-test-123456789012',
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
          ],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
  });

  test('refuses requests without TLS, both buckets', () => {
    template.allResourcesProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });

  test('never lets go of a version of an overlay or an agent: records name them', () => {
    const [bucket] = Object.values(
      template.findResources('AWS::S3::Bucket', { Properties: { BucketName: Match.anyValue() } }),
    );
    const rules: Record<string, unknown>[] = bucket?.Properties.LifecycleConfiguration.Rules;
    const expiring = rules.filter((rule) => rule.ExpirationInDays ?? rule.NoncurrentVersionExpiration);
    expect(expiring.map(({ Prefix }) => Prefix)).toEqual(['journal/', 'reports/', 'evidence/', 'archives/']);
    const losingCurrent = rules.filter((rule) => rule.ExpirationInDays).map(({ Prefix }) => Prefix);
    expect(losingCurrent).toEqual(['reports/', 'evidence/']);
  });

  test('has a key that rotates and stays', () => {
    template.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      Properties: { EnableKeyRotation: true },
    });
  });
});

describe('the agent', () => {
  test('comes into the store under its digest', () => {
    template.hasResourceProperties('Custom::HoldfastAgent', {
      Key: `agent/${'a'.repeat(64)}`,
    });
  });

  test('is put by a function that may write agents and nothing else', () => {
    const { Properties } = onlyResource(template, 'AWS::IAM::Policy');
    const { Statement } = Properties.PolicyDocument as {
      Statement: { Action: string | string[]; Resource: unknown }[];
    };
    expect(Statement.map(({ Action }) => Action)).toEqual([
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      's3:PutObject',
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    ]);
    expect(Statement[1]?.Resource).toBe('arn:aws:s3:::holdfast-test-123456789012/agent/*');
  });

  test('is put when the bucket is there, with its policy', () => {
    const { DependsOn } = onlyResource(template, 'Custom::HoldfastAgent');
    expect(DependsOn).toHaveLength(2);
  });
});
