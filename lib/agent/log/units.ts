import type { Shipping } from '../../config/log.ts';
import { agentEnvironment, agentLine } from '../systemd/systemd.ts';
import { quoteArgument, type UnitFiles } from '../systemd/unit-text.ts';
import { shipSeconds } from './ship-log.ts';

/** What the log is shipped with. */
export interface LogUnit {
  /** Takes the place of `/`. */
  home: string;
  /** The agent's settings file. */
  settings: string;
  log: Shipping;
}

/** Time of a run besides shipping. Seconds. */
const startSeconds = 30;
/** How long a stopping machine waits for its last lines. Seconds. */
const endSeconds = 15;

/**
 * Timer and service of `holdfast-agent ship-log`, and a unit that acts only when the machine stops. No process runs
 * between two runs. A successful run leaves nothing in the log, because that would make the next run ship something.
 */
export function logUnits(unit: LogUnit): UnitFiles {
  return {
    'holdfast-log.service': service(unit),
    'holdfast-log.timer': timer(unit),
    'holdfast-log-end.service': end(unit),
  };
}

function service(unit: LogUnit): string {
  return `[Unit]
Description=Holdfast: ships the log of this machine
StartLimitIntervalSec=0

[Service]
Type=oneshot
ExecStart=${shipCommand(unit)}
TimeoutStartSec=${shipSeconds + startSeconds}
Nice=10
${serviceEnvironment(unit)}`;
}

function timer({ log: { everySeconds } }: LogUnit): string {
  return `[Unit]
Description=Holdfast: looks for new lines in the log

[Timer]
OnActiveSec=${everySeconds}
OnUnitInactiveSec=${everySeconds}
RandomizedDelaySec=${Math.round(everySeconds / 5)}
AccuracySec=1
Unit=holdfast-log.service
`;
}

/** Units that start after the network stop before it. */
function end(unit: LogUnit): string {
  return `[Unit]
Description=Holdfast: ships the end of the log when this machine stops
After=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStop=-journalctl --sync
ExecStop=${shipCommand(unit)}
TimeoutStopSec=${endSeconds}
${serviceEnvironment(unit)}`;
}

const shipCommand = ({ home, settings }: LogUnit) =>
  `${agentLine(home)} ship-log --settings ${quoteArgument(settings)}`;

const serviceEnvironment = ({ home }: LogUnit) => `${agentEnvironment(home)}
SyslogIdentifier=holdfast
SyslogLevel=warning
LogLevelMax=notice
`;
