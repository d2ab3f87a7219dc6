import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { HoldfastError } from '../../../release/errors.ts';
import { rootFileSystem } from './root-file-system.ts';

/** Programs that machines need, with their Debian packages. */
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
  /** Folders of the PATH. */
  path: string;
  /** Whether root may create namespaces, which an ordinary container forbids. */
  mayEnclose(): boolean;
}

const thisOne: Computer = {
  platform: process.platform,
  user: process.getuid?.(),
  path: process.env.PATH ?? '',
  mayEnclose() {
    const { error, status } = spawnSync('unshare', ['--net', '--mount', '--pid', '--fork', 'true']);
    return error !== undefined || status === 0;
  },
};

/** Missing properties that nothing can install; undefined: the computer is fit for machines. */
export function unfitForMachines({ platform, user, mayEnclose } = thisOne): string | undefined {
  if (platform !== 'linux') return 'Linux';
  if (user !== 0) return 'root: machines are containers; start it as root';
  return mayEnclose() ? undefined : 'the right to make namespaces: start it outside of a container';
}

/** Missing prerequisites, with the commands that install them. */
export function missingForMachines(computer = thisOne): string[] {
  const unfit = unfitForMachines(computer);
  if (unfit !== undefined) return [unfit];
  const missing = Object.entries(programs)
    .filter(([program]) => !isThere(program, computer.path))
    .map(([program, name]) => `${program}: apt-get install ${name}`);
  const root = rootFileSystem();
  return existsSync(root) ? missing : [...missing, `the root file system ${root}: npm run root-file-system`];
}

/** Throws when machines cannot be started. */
export function needMachines(computer = thisOne): void {
  const missing = missingForMachines(computer);
  if (missing.length === 0) return;
  throw new HoldfastError('InvalidInput', `machine hosts lack ${missing.join('; ')}`);
}

function isThere(program: string, path: string): boolean {
  return path.split(delimiter).some((folder) => existsSync(join(folder, program)));
}
