import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { metadataAddress } from './network.ts';

/**
 * Configuration of cloud-init as in an EC2 image, with the one data source here. Its first stage reads it line by
 * line.
 */
const cloudInit = `#cloud-config
datasource_list: [ Ec2 ]
datasource:
  Ec2:
    strict_id: false
    metadata_urls: [ "http://${metadataAddress}" ]
    max_wait: 20
    timeout: 5
    apply_full_imds_network_config: false
network: { config: disabled }
locale: false
ssh_genkeytypes: [ ed25519 ]
`;

/** Writes the files that an image for this network would have, and removes the identity of the machine. */
export function seed(root: string, endpoint: string): void {
  const write = (name: string, text: string) => {
    const file = join(root, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write('etc/cloud/cloud.cfg.d/90-rehearsal.cfg', cloudInit);
  write('etc/systemd/system.conf.d/aws.conf', `[Manager]\nDefaultEnvironment=AWS_ENDPOINT_URL=${endpoint}\n`);
  write('etc/machine-id', '');
  // An unreachable name server costs half a minute; none at all costs nothing.
  write('etc/resolv.conf', '');
  for (const name of ['etc/hostname', 'var/lib/dbus/machine-id']) rmSync(join(root, name), { force: true });
}
