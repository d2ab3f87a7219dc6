import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HoldfastError } from '../../release/errors.ts';
import { lastLine, run } from '../host/run.ts';
import { writeSystemFile } from '../host/system-file.ts';

const unitFolder = 'etc/systemd/system';

/** Time limit of one systemctl call. Seconds. */
const callSeconds = 90;

/** Folder where the boot script puts the agent (`holdfast-agent`) and its Node (`node`). */
export const agentFolder = (home: string) => join(home, 'opt/holdfast');

/** Start of a command line in a unit: the agent's Node, then the agent. */
export function agentLine(home: string): string {
  const folder = agentFolder(home);
  return `${join(folder, 'node')} ${join(folder, 'holdfast-agent')}`;
}

/**
 * Lines of a unit with the agent's environment. The folder of its Node comes last on the path, for builds on an image
 * without Node. Node keeps the compiled agent in a folder that only root can write to.
 */
export function agentEnvironment(home: string): string {
  const path = `/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:${agentFolder(home)}`;
  const cache = join(home, 'var/cache/holdfast');
  return `Environment=HOME=/root\nEnvironment=PATH=${path}\nEnvironment=NODE_COMPILE_CACHE=${cache}`;
}

/** Whether systemd runs this machine; `home` takes the place of `/`. */
export function hasSystemd(home: string): boolean {
  return existsSync(join(home, 'run/systemd/system'));
}

/** Writes a unit file and enables it for every boot. Does nothing if the image brought it already. */
export async function enableUnit(home: string, name: string, text: string): Promise<void> {
  const hasChanged = writeSystemFile(home, join(unitFolder, name), text);
  const isEnabled = existsSync(join(home, unitFolder, 'multi-user.target.wants', name));
  if (hasChanged || !isEnabled) await systemctl('enable', '--quiet', name);
}

/** Calls systemctl. A failure is BootstrapFailed with systemctl's complaint. */
export async function systemctl(...words: string[]): Promise<void> {
  const { code, stderr } = await run('systemctl', words, { env: process.env, seconds: callSeconds });
  if (code === 0) return;
  throw new HoldfastError(
    'BootstrapFailed',
    `systemctl ${words.join(' ')} ended with ${code}: ${lastLine(stderr)}`,
  );
}
