import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { HoldfastError } from '../../../release/errors.ts';
import { rootFileSystem } from './root-file-system.ts';

/** Programs that machines are made with, and the Debian packages that have them. */
const programs = {
  'systemd-nspawn': 'systemd-container',
  ip: 'iproute2',
  unshare: 'util-linux',
  setpriv: 'util-linux',
  nsenter: 'util-linux',
};

interface Computer {
  platform: string;
  user: number | undefined;
  /** Folders of programs. */
  path: string;
}

const thisOne: Computer = {
  platform: process.platform,
  user: process.getuid?.(),
  path: process.env.PATH ?? '',
};

/** What a computer lacks for machines, in words with the command that gets it. */
export function missingForMachines({ platform, user, path } = thisOne): string[] {
  if (platform !== 'linux') return ['Linux'];
  if (user !== 0) return ['root: machines are containers; start it as root'];
  const missing = Object.entries(programs)
    .filter(([program]) => !isThere(program, path))
    .map(([program, name]) => `${program}: apt-get install ${name}`);
  const root = rootFileSystem();
  return existsSync(root) ? missing : [...missing, `the root file system ${root}: npm run root-file-system`];
}

/** Refuses when machines cannot be started. */
export function needMachines(computer = thisOne): void {
  const missing = missingForMachines(computer);
  if (missing.length === 0) return;
  throw new HoldfastError('InvalidInput', `machine hosts lack ${missing.join('; ')}`);
}

function isThere(program: string, path: string): boolean {
  return path.split(delimiter).some((folder) => existsSync(join(folder, program)));
}
