import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { storeKeys } from '../../config/resource-names.ts';
import { bucketName } from '../stack-names.ts';

/**
 * Overlays, artifacts and agents are recorded by version or digest, so none of their versions expires. Everything
 * else does.
 */
const lifecycleRules: LifecycleRule[] = [
  { id: 'uploads-that-never-ended', abortIncompleteMultipartUploadAfter: Duration.days(7) },
  { id: 'old-journals', prefix: storeKeys.journals, noncurrentVersionExpiration: Duration.days(90) },
  {
    id: 'reports',
    prefix: 'reports/',
    expiration: Duration.days(365),
    noncurrentVersionExpiration: Duration.days(30),
  },
  {
    id: 'evidence',
    prefix: 'evidence/',
    expiration: Duration.days(365),
    noncurrentVersionExpiration: Duration.days(30),
  },
  { id: 'old-archives', prefix: 'archives/', noncurrentVersionExpiration: Duration.days(30) },
];

/** The store bucket: versioned, encrypted, TLS only, retained when its stack is deleted. */
export class StoreBucket extends Bucket {
  constructor(scope: Construct, id: string, props: { environment: string; key: IKey; logs: IBucket }) {
    super(scope, id, {
      bucketName: bucketName(scope, props.environment),
      versioned: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: props.key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      serverAccessLogsBucket: props.logs,
      serverAccessLogsPrefix: 'store/',
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules,
    });
  }
}
