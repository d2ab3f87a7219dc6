import type { Objects } from '../aws/objects.ts';
import type { AgentSettings } from '../config/agent-settings.ts';
import { storeKeys } from '../config/names.ts';
import { messageOf } from '../release/errors.ts';
import type { Events } from './events.ts';
import { lastLine, run } from './run.ts';

/** Most that is kept of the log's end. Bytes. */
const mostBytes = 1024 * 1024;
const lines = '10000';
const seconds = 20;

/** Puts the end of the machine's log of this boot into the store; that it fails holds nobody up. */
export async function shipLastLog(
  { service, instance }: AgentSettings,
  objects: () => Promise<Objects>,
  events: Events,
): Promise<void> {
  if (!instance) return;
  const args = ['--boot', '--no-pager', '--quiet', '--output=short-iso', '--lines', lines];
  const ran = await run('journalctl', args, { env: process.env, seconds });
  if (ran.code !== 0) {
    events.warn(`the last log could not be read: ${lastLine(ran.stderr)}`);
    return;
  }
  const key = storeKeys.lastLog(service, instance.roleId, instance.id);
  try {
    await (await objects()).put(key, Buffer.from(ran.stdout, 'latin1').subarray(-mostBytes));
    events.tell('last log', { key });
  } catch (error) {
    events.warn(`the last log could not be kept: ${messageOf(error)}`);
  }
}
