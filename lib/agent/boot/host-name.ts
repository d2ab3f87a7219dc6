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
 * Gives the machine a name, now and for every boot. cloud-init, which would name it after its address at the next one, is
 * told to let it be; a name that nothing resolves slows programs down, so the hosts file knows it.
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

/** Leaves the machine without a name of its own. */
export function forgetHostName(home: string): void {
  for (const path of [nameFile, cloudFile]) rmSync(join(home, path), { force: true });
  writeSystemFile(home, hostsFile, `${otherHosts(home).join('\n')}\n`);
}

/** Lines of the hosts file that are not this machine's own name. */
function otherHosts(home: string): string[] {
  const file = join(home, hostsFile);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '127.0.0.1 localhost\n::1 localhost\n';
  return text.split('\n').filter((line) => line !== '' && !line.endsWith(mark));
}
