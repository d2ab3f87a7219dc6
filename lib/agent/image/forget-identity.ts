import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { factFiles } from '../boot/facts.ts';
import { forgetHostName } from '../boot/host-name.ts';
import { layoutOf } from '../session/layout.ts';

/** Paths below `/` with the machine's identity, credentials and history. */
const gone = [
  'etc/ssh/ssh_host_*_key*',
  'var/lib/dbus/machine-id',
  'var/lib/cloud/{data,handlers,instance,instances,sem}',
  'var/lib/{dhcp,dhclient,NetworkManager}/*lease*',
  'var/lib/systemd/{random-seed,credential.secret}',
  'var/log/journal/*',
  'var/lib/holdfast',
  factFiles.salt,
  factFiles.ansible,
  'etc/salt/minion_id',
  'etc/salt/pki/minion/*',
  'etc/holdfast/*',
  'etc/systemd/system/holdfast-*',
  'etc/systemd/system/{,*.}service.d/holdfast-metadata.conf',
  'etc/systemd/system/*.wants/holdfast-*',
  'opt/holdfast/init.json',
  '{root,home/*}/.ssh/authorized_keys',
  '{root,home/*}/.{aws,bash_history,netrc}',
];

/** Removes everything that an image must not carry over from its machine. */
export function forgetIdentity(home: string, root: string): void {
  for (const path of globSync(gone, { cwd: home }))
    rmSync(join(home, path), { recursive: true, force: true });
  forgetHostName(home);
  const { running, startLog, provisionLog, refreshed } = layoutOf(root);
  for (const file of [running, startLog, provisionLog, refreshed]) rmSync(file, { force: true });
  emptyLogs(home);
  emptyMachineId(join(home, 'etc/machine-id'));
}

/** Services may expect their log file to exist. */
function emptyLogs(home: string): void {
  for (const path of globSync('var/log/**/*', { cwd: home })) {
    const file = join(home, path);
    if (existsSync(file) && statSync(file).isFile()) truncateSync(file);
  }
}

/** systemd fills an empty file; it could not create a missing one where `/etc` is read-only. */
function emptyMachineId(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, 0o444);
}
