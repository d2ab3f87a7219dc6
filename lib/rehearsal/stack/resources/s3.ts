import { type Created, generatedName, type Place, type Properties } from '../resource.ts';

/** AWS::S3::Bucket */
export function bucket(properties: Properties, place: Place): Created {
  const { s3 } = place.world;
  const name = String(properties.BucketName ?? generatedName(place)).toLowerCase();
  const { Status } = (properties.VersioningConfiguration ?? {}) as { Status?: 'Enabled' | 'Suspended' };
  s3.createBucket({ Bucket: name });
  if (Status) s3.putBucketVersioning({ Bucket: name, VersioningConfiguration: { Status } });
  const domain = `${name}.s3.${place.stack.region}.amazonaws.com`;
  return {
    ref: name,
    attributes: { Arn: `arn:aws:s3:::${name}`, DomainName: domain, RegionalDomainName: domain },
  };
}
