import type { Refresh } from '../../config/instance-keys.ts';
import { agentEnvironment, agentLine } from './systemd.ts';
import { quoteArgument, type UnitFiles } from './unit-text.ts';

/** Parameters of the refresh units. */
export interface RefreshUnit {
  /** Takes the place of `/`. */
  home: string;
  /** The agent's settings file. */
  settings: string;
  /** Time limit of a refresh. Seconds. */
  seconds: number;
  /** Left out: a refresh runs only when a watched service did not come back. */
  refresh: Refresh | undefined;
}

/** Timer and service of `holdfast-agent refresh`. Nothing runs between two refreshes. */
export function refreshUnits(unit: RefreshUnit): UnitFiles {
  const { refresh } = unit;
  return {
    'holdfast-refresh.service': service(unit),
    ...(refresh ? { 'holdfast-refresh.timer': timer(refresh) } : {}),
  };
}

function service({ home, settings, seconds }: RefreshUnit): string {
  return `[Unit]
Description=Holdfast: applies what changed for this machine
StartLimitIntervalSec=0

[Service]
Type=oneshot
${agentEnvironment(home)}
ExecStart=${agentLine(home)} refresh --settings ${quoteArgument(settings)}
TimeoutStartSec=${seconds}
KillMode=process
SyslogIdentifier=holdfast
`;
}

function timer({ everySeconds, randomDelaySeconds = Math.round(everySeconds / 5) }: Refresh): string {
  return `[Unit]
Description=Holdfast: looks for changes

[Timer]
OnActiveSec=${everySeconds}
OnUnitInactiveSec=${everySeconds}
RandomizedDelaySec=${randomDelaySeconds}
AccuracySec=1
Unit=holdfast-refresh.service
`;
}
