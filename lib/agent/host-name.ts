import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Events } from './events.ts';
import { run } from './run.ts';
import { writeSystemFile } from './system-file.ts';

const mark = '# holdfast';

/**
 * Gives the machine a name, now and for every boot. cloud-init, which would name it after its address at the next one, is
 * told to let it be; a name that nothing resolves slows programs down, so the hosts file knows it.
 */
export async function nameHost(home: string, name: string, events: Events): Promise<void> {
  writeSystemFile(home, 'etc/cloud/cloud.cfg.d/95-holdfast.cfg', 'preserve_hostname: true\n');
  writeSystemFile(home, 'etc/hosts', hostsWith(join(home, 'etc/hosts'), name));
  if (!writeSystemFile(home, 'etc/hostname', `${name}\n`)) return;
  const { code, stderr } = await run('hostname', [name], { env: process.env, seconds: 10 });
  if (code !== 0) events.warn(`the host name ${name} is for the next boot only: hostname: ${stderr.trim()}`);
}

function hostsWith(file: string, name: string): string {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '127.0.0.1 localhost\n::1 localhost\n';
  const lines = text.split('\n').filter((line) => line !== '' && !line.endsWith(mark));
  return `${[...lines, `127.0.1.1 ${name} ${mark}`].join('\n')}\n`;
}
