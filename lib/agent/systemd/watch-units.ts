import type { Watch } from '../../config/watch.ts';
import { escapeSpecifiers, quoteArgument, type UnitFiles } from './unit-text.ts';

/** How long changes gather before one restart for all of them. Seconds. */
const settleSeconds = 2;
/**
 * How long a noted change keeps its watch blind, so that a thousand changes are noted a few times. Less than
 * `settleSeconds`.
 */
const blindSeconds = 1;
/** Longest wait for a running agent. Seconds. */
const agentSeconds = 1800;
/** How long a service must be back to count as restarted. Seconds. */
const comeBackSeconds = 3;

/** Folder of the marks. A mark is a change that was not handled yet. */
export const marksFolder = '/run/holdfast';

/** Unit that runs when a restart failed: it checks the services and reports. */
const onFailure = 'holdfast-refresh.service';

/**
 * The units of all watches. One pair sees a change and creates a mark; another pair restarts the service as long as
 * there is a mark. systemd does not watch files while the triggered unit runs, so a single pair would miss changes
 * during a restart. `lock` is the agent's: services are not restarted while it works.
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

/** Without start limits: a unit that reached one would never watch again. */
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

/** The mark is removed right before the restart: later changes are new changes. */
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

/** A crash loop is active now and then, so the restart count decides. */
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
