import type { Watch } from '../../config/watch.ts';
import { escapeSpecifiers, quoteArgument, type UnitFiles } from './unit-text.ts';

/** How long changes gather before a service is restarted for all of them. Seconds. */
const settleSeconds = 2;
/** How long a noted change keeps its watch blind: a thousand changes are noted a few times. Below `settleSeconds`. */
const blindSeconds = 1;
/** Longest wait for an agent that works on the machine. Seconds. */
const agentSeconds = 1800;
/** How long a service must have been back to count as back. Seconds. */
const comeBackSeconds = 3;

/** Folder of the marks: a change that was not dealt with yet. */
export const marksFolder = '/run/holdfast';

/** What runs when a restart failed: it looks at the services and reports. */
const onFailure = 'holdfast-refresh.service';

/**
 * The units of all watches. One pair sees a change and puts down a mark, another pair restarts the service as long as
 * there is a mark: systemd does not look at files while the unit that they trigger runs, so one pair alone would miss
 * what changes during a restart. `lock` is the agent's: services are not restarted while it is at work.
 */
export function watchUnits(watches: readonly Watch[], lock: string): UnitFiles {
  return Object.assign({}, ...watches.map((watch, index) => unitsOf(watch, index + 1, lock)));
}

function unitsOf(watch: Watch, number: number, lock: string): UnitFiles {
  const mark = `${marksFolder}/changed-${number}`;
  return {
    [`holdfast-watch-${number}.path`]: watchPath(watch, number),
    [`holdfast-watch-${number}.service`]: watchService(watch, mark),
    [`holdfast-restart-${number}.path`]: restartPath(watch, mark, number),
    [`holdfast-restart-${number}.service`]: restartService(watch, mark, lock),
  };
}

/** Without limits: a unit that met one would never look again. */
function watchPath({ paths, unit }: Watch, number: number): string {
  return `[Unit]
Description=Holdfast: sees files of ${escapeSpecifiers(unit)} change

[Path]
${paths.map((path) => `PathChanged=${escapeSpecifiers(path)}\n`).join('')}TriggerLimitIntervalSec=0
Unit=holdfast-watch-${number}.service
`;
}

function watchService({ unit }: Watch, mark: string): string {
  return `[Unit]
Description=Holdfast: notes that files of ${escapeSpecifiers(unit)} changed
StartLimitIntervalSec=0

[Service]
Type=oneshot
ExecStartPre=sleep ${blindSeconds}
ExecStart=touch ${mark}
`;
}

function restartPath({ unit }: Watch, mark: string, number: number): string {
  return `[Unit]
Description=Holdfast: has ${escapeSpecifiers(unit)} see the change of its files

[Path]
PathExists=${mark}
TriggerLimitIntervalSec=0
Unit=holdfast-restart-${number}.service
`;
}

/** The mark goes right before the restart: what changes from then on is another change. */
function restartService({ unit, action }: Watch, mark: string, lock: string): string {
  const verb = action === 'reload' ? 'reload-or-restart' : 'restart';
  return `[Unit]
Description=Holdfast: ${action}s ${escapeSpecifiers(unit)}, whose files changed
OnFailure=${onFailure}
StartLimitIntervalSec=0

[Service]
Type=oneshot
ExecStartPre=sleep ${settleSeconds}
ExecStartPre=-flock --shared --timeout ${agentSeconds} ${quoteArgument(lock)} true
ExecStartPre=rm -f ${mark}
ExecStart=sh -c ${quoteArgument(restartScript(verb))} ${quoteArgument(unit)}
`;
}

/** A service that dies and is started again by systemd is active now and then: its count of restarts tells. */
function restartScript(verb: string): string {
  const steps = [
    `systemctl ${verb} -- "$0"`,
    'before=$(count "$0")',
    `sleep ${comeBackSeconds}`,
    'systemctl is-active --quiet -- "$0"',
    'test "$(count "$0")" = "$before"',
  ];
  return `count() { systemctl show --value --property NRestarts -- "$1"; }; ${steps.join(' && ')}`;
}
