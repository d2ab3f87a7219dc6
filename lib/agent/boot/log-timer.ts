import { join } from 'node:path';
import { messageOf } from '../../release/errors.ts';
import { logUnits } from '../log/units.ts';
import { runUnits } from '../systemd/run-units.ts';
import { hasSystemd } from '../systemd/systemd.ts';
import type { BootContext } from './boot-context.ts';
import { settingsFile } from './settings-file.ts';

const ownUnits = /^holdfast-log(-end)?\.(service|timer)$/;

/** Starts the timer that ships the log. The instance serves already, so a failure does not matter to it. */
export async function startLogTimer({ home, agentSettings, events }: BootContext): Promise<void> {
  if (!hasSystemd(home)) return;
  const units = logUnits({ home, settings: join(home, settingsFile), log: agentSettings.log });
  await runUnits(home, ownUnits, units, events).catch((error: unknown) =>
    events.warn(`the timer that ships the log could not be started: ${messageOf(error)}`),
  );
}
