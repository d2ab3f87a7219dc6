import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Events } from '../host/events.ts';
import { run } from '../host/run.ts';
import { writeSystemFile } from '../host/system-file.ts';

const mark = '# holdfast';
const nameFile = 'etc/hostname';
const hostsFile = 'etc/hosts';
const cloudFile = 'etc/cloud/cloud.cfg.d/95-holdfast.cfg';

/**
 * Sets the host name, now and for every boot. Stops cloud-init from naming the machine after its address at the next
 * boot, and adds the name to the hosts file: an unresolvable name slows programs down.
 */
export async function nameHost(home: string, name: string, events: Events): Promise<void> {
  writeSystemFile(home, cloudFile, 'preserve_hostname: true\n');
  const hosts = [...otherHosts(home), `127.0.1.1 ${name} ${mark}`];
  writeSystemFile(home, hostsFile, `${hosts.join('\n')}\n`);
  if (!writeSystemFile(home, nameFile, `${name}\n`)) return;
  const { code, stderr } = await run('hostname', [name], { env: process.env, seconds: 10 });
  if (code !== 0)
    events.warn(`the host name ${name} takes effect at the next boot only: hostname: ${stderr.trim()}`);
}

/** Removes the host name. */
export function forgetHostName(home: string): void {
  for (const path of [nameFile, cloudFile]) rmSync(join(home, path), { force: true });
  writeSystemFile(home, hostsFile, `${otherHosts(home).join('\n')}\n`);
}

/** Lines of the hosts file that do not hold this machine's name. */
function otherHosts(home: string): string[] {
  const file = join(home, hostsFile);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '127.0.0.1 localhost\n::1 localhost\n';
  return text.split('\n').filter((line) => line !== '' && !line.endsWith(mark));
}
