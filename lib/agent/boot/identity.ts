import type { Metadata } from '../../aws/metadata.ts';
import { tags } from '../../config/resource-names.ts';
import { HoldfastError } from '../../release/errors.ts';

/** The identity of this instance from its metadata. Its group's tags were set before it booted. */
export interface Identity {
  instance: string;
  address: string;
  /** Auto Scaling group; left out: launched by hand or by an image build. */
  group?: string;
  /** `NAME:VERSION`; `NAME` of `deployed` where the instances record. */
  record: string;
  /** `NAME:VERSION` */
  settings: string;
  colour?: 'blue' | 'green';
  deployment?: string;
  /** Unique id of its IAM role. */
  roleId?: string;
}

/** A tag that Auto Scaling sets. */
export const groupTag = 'aws:autoscaling:groupName';

/** Reads the identity of this instance. */
export async function readIdentity(metadata: Metadata): Promise<Identity> {
  const { instance, address, record, settings, ...more } = await readTags(metadata);
  return {
    instance: requireValue('instance-id', instance),
    address: requireValue('local-ipv4', address),
    record: requireValue(`tag ${tags.record}`, record),
    settings: requireValue(`tag ${tags.settings}`, settings),
    ...more,
  };
}

/** As much of the identity as there is, for a report: `none` where tags are missing. */
export async function readPartialIdentity(metadata: Metadata): Promise<Identity> {
  const {
    instance,
    address = 'none',
    record = 'none',
    settings = 'none',
    ...more
  } = await readTags(metadata);
  return { instance: requireValue('instance-id', instance), address, record, settings, ...more };
}

async function readTags(metadata: Metadata): Promise<Partial<Identity>> {
  const tag = (key: string) => metadata.get(`tags/instance/${key}`);
  const [instance, address, record, settings, group, colour, deployment, roleId] = await Promise.all([
    metadata.get('instance-id'),
    metadata.get('local-ipv4'),
    tag(tags.record),
    tag(tags.settings),
    tag(groupTag),
    tag(tags.colour),
    tag(tags.deployment),
    tag(tags.roleId),
  ]);
  return {
    ...(instance ? { instance } : {}),
    ...(address ? { address } : {}),
    ...(record ? { record } : {}),
    ...(settings ? { settings } : {}),
    ...(group ? { group } : {}),
    ...(colour === 'blue' || colour === 'green' ? { colour } : {}),
    ...(deployment ? { deployment } : {}),
    ...(roleId ? { roleId } : {}),
  };
}

function requireValue(what: string, value: string | undefined): string {
  if (value) return value;
  throw new HoldfastError(
    'BootstrapFailed',
    `instance metadata: found no ${what}; launch the instance through a deployment, with tags in its metadata`,
  );
}
