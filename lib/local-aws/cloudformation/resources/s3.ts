import { type Created, generatedName, type Properties, type ResourceContext } from '../resource.ts';

interface Encryption {
  ServerSideEncryptionConfiguration?: { ServerSideEncryptionByDefault?: { KMSMasterKeyID?: string } }[];
}

/** AWS::S3::Bucket */
export function bucket(properties: Properties, place: ResourceContext): Created {
  const { s3 } = place.world;
  const name = String(properties.BucketName ?? generatedName(place)).toLowerCase();
  const { Status } = (properties.VersioningConfiguration ?? {}) as { Status?: 'Enabled' | 'Suspended' };
  s3.createBucket({ Bucket: name });
  if (Status) s3.putBucketVersioning({ Bucket: name, VersioningConfiguration: { Status } });
  const key = keyOf(properties.BucketEncryption as Encryption | undefined);
  Object.assign(s3.find(name) ?? {}, { keyArn: key });
  const domain = `${name}.s3.${place.stack.region}.amazonaws.com`;
  return {
    ref: name,
    attributes: { Arn: `arn:aws:s3:::${name}`, DomainName: domain, RegionalDomainName: domain },
  };
}

/** ARN of the key in KMS that a bucket is encrypted with. */
function keyOf({ ServerSideEncryptionConfiguration: rules = [] }: Encryption = {}): string | undefined {
  return rules.map((rule) => rule.ServerSideEncryptionByDefault?.KMSMasterKeyID).find(Boolean);
}
