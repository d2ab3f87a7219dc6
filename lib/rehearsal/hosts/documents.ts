import type { Credentials } from '../../local-aws/model/credentials.ts';
import type { LaunchedInstance } from '../../local-aws/model/hosts.ts';

const roleName = 'holdfast-instance';
const credentialMilliseconds = 6 * 3_600_000;

/** Facts about an instance for its metadata. */
export interface DocumentContext {
  address: string;
  region: string;
}

/** All metadata documents below `/latest/` by path, except the user-data. */
export function documents(
  instance: LaunchedInstance,
  { address, region }: DocumentContext,
): Record<string, string> {
  const tags = Object.entries(instance.tags).map(([key, value]) => [`meta-data/tags/instance/${key}`, value]);
  const hostName = `ip-${address.replaceAll('.', '-')}.${region}.compute.internal`;
  return {
    'meta-data/instance-id': instance.id,
    'meta-data/ami-id': instance.imageId,
    'meta-data/instance-type': instance.instanceType,
    'meta-data/local-ipv4': address,
    'meta-data/hostname': hostName,
    'meta-data/local-hostname': hostName,
    'meta-data/placement/region': region,
    'meta-data/placement/availability-zone': `${region}a`,
    ...Object.fromEntries(tags),
    ...known('meta-data/autoscaling/target-lifecycle-state', instance.targetState?.()),
    ...known('meta-data/spot/instance-action', instance.spotAction?.()),
    ...(instance.credentials && credentials(instance.credentials)),
    'dynamic/instance-identity/document': JSON.stringify({
      instanceId: instance.id,
      imageId: instance.imageId,
      instanceType: instance.instanceType,
      privateIp: address,
      region,
      availabilityZone: `${region}a`,
    }),
  };
}

/** The document at a path, or the names below it; undefined when there is neither. */
export function documentAt(all: Readonly<Record<string, string>>, path: string): string | undefined {
  const exact = all[path];
  if (exact !== undefined) return exact;
  const folder = path === '' ? '' : `${path}/`;
  const below = Object.keys(all).filter((each) => each.startsWith(folder));
  const names = below.map((each) => each.slice(folder.length).replace(/\/.*/s, '/'));
  return names.length === 0 ? undefined : [...new Set(names)].join('\n');
}

function known(path: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [path]: value };
}

/** Documents of the role and its session; none without an instance profile. */
function credentials({ accessKeyId, secretAccessKey, sessionToken }: Credentials): Record<string, string> {
  const document = {
    Code: 'Success',
    Type: 'AWS-HMAC',
    LastUpdated: new Date().toISOString(),
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: new Date(Date.now() + credentialMilliseconds).toISOString(),
  };
  return { [`meta-data/iam/security-credentials/${roleName}`]: JSON.stringify(document) };
}
