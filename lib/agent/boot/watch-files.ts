import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentSettings } from '../../config/agent-settings.ts';
import { writeSystemFile } from '../host/system-file.ts';
import { layoutOf } from '../session/layout.ts';
import { leaveScript, leaveUnits, scriptText } from '../systemd/leave-units.ts';
import { refreshUnits } from '../systemd/refresh-units.ts';
import { runUnits } from '../systemd/run-units.ts';
import { hasSystemd } from '../systemd/systemd.ts';
import type { UnitFiles } from '../systemd/unit-text.ts';
import { marksFolder, watchUnits } from '../systemd/watch-units.ts';
import type { BootContext } from './boot-context.ts';
import { settingsFile } from './settings-file.ts';

/** Names of the units of this stage. */
const ownUnits = /^holdfast-(watch-\d+|restart-\d+|refresh|leave)\.(path|service|timer)$/;
const scriptFile = `run/holdfast/${leaveScript}`;
/** Time of a refresh besides applying the configuration. Seconds. */
const refreshSeconds = 900;

/**
 * Stage `watch`: from here on changed files restart services, a timer looks for changes, and a termination notice is
 * heard.
 */
export async function watchFiles({ home, agentSettings, events }: BootContext): Promise<void> {
  const units = unitsOf(agentSettings, home);
  if (hasSystemd(home)) {
    // A stopped machine that starts again may leave once more.
    rmSync(layoutOf(agentSettings.root).drained, { force: true });
    if (agentSettings.drain) writeSystemFile(home, scriptFile, scriptText(home, join(home, settingsFile)));
    mkdirSync(join(home, marksFolder), { recursive: true });
    await runUnits(home, ownUnits, units, events);
  } else if (Object.keys(units).length > 0)
    events.tell('no systemd', {
      because:
        'found no systemd: files are not watched, nothing is refreshed and no drain command runs on this machine',
    });
}

function unitsOf(agentSettings: AgentSettings, home: string): UnitFiles {
  const leaving = agentSettings.drain ? leaveUnits(home, join(home, scriptFile)) : {};
  return { ...watchingUnits(agentSettings, home), ...leaving };
}

function watchingUnits({ watch = [], refresh, provision, root }: AgentSettings, home: string): UnitFiles {
  if (watch.length === 0 && !refresh) return {};
  const seconds = refreshSeconds + 2 * (provision?.timeoutSeconds ?? 0);
  return {
    ...watchUnits(watch, layoutOf(root).lock),
    ...refreshUnits({ home, settings: join(home, settingsFile), seconds, refresh }),
  };
}
