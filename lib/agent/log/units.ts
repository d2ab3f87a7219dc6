import type { Shipping } from '../../config/log.ts';
import { agentEnvironment, agentLine } from '../systemd.ts';
import { argument, type UnitFiles } from '../unit-text.ts';
import { shipSeconds } from './ship-log.ts';

/** What the log is shipped with. */
export interface LogUnit {
  /** Takes the place of `/`. */
  home: string;
  /** The agent's settings file. */
  settings: string;
  log: Shipping;
}

/** Time that a run has besides shipping. Seconds. */
const startSeconds = 30;

/**
 * The timer and the service of `holdfast-agent ship-log`. Nothing runs between two runs, and a run that went well is not
 * in the log: it would make the next one ship that.
 */
export function logUnits({ home, settings, log: { everySeconds } }: LogUnit): UnitFiles {
  return {
    'holdfast-log.service': `[Unit]
Description=Holdfast: ships the log of this machine
StartLimitIntervalSec=0

[Service]
Type=oneshot
${agentEnvironment(home)}
ExecStart=${agentLine(home)} ship-log --settings ${argument(settings)}
TimeoutStartSec=${shipSeconds + startSeconds}
Nice=10
SyslogIdentifier=holdfast
SyslogLevel=warning
LogLevelMax=notice
`,
    'holdfast-log.timer': `[Unit]
Description=Holdfast: looks for new lines in the log

[Timer]
OnActiveSec=${everySeconds}
OnUnitInactiveSec=${everySeconds}
RandomizedDelaySec=${Math.round(everySeconds / 5)}
Unit=holdfast-log.service
`,
  };
}
