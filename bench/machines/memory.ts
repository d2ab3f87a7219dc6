import { fleetsOf } from '../../lib/rehearsal/fleets.ts';
import { bootstrapped } from '../../test/support/machine/launch.ts';
import type { Stage } from '../../test/support/machine/stage.ts';
import { atMost, type Result } from '../result.ts';
import { megabytes } from '../table.ts';

/** Every unit of ours, and each of its processes with the kB that it alone holds and its share of what it shares. */
const ours = `for unit in $(systemctl list-units --plain --no-legend 'holdfast-*' | awk '{print $1}'); do
  echo "$unit 0"
  group=$(systemctl show --value --property=ControlGroup "$unit")
  [ -z "$group" ] || for pid in $(cat /sys/fs/cgroup{,/systemd,/unified}"$group/cgroup.procs" 2>/dev/null | sort -u); do
    echo "$unit $(awk '/^Pss:/ {print $2}' "/proc/$pid/smaps_rollup")"
  done
done`;

/** What our units hold on an instance of a fleet that has nothing to do. */
export async function idleMemory(stage: Stage): Promise<Result> {
  const { result, error } = await stage.deploy('v1');
  const [id] = fleetsOf(stage.environment).flatMap(({ inService }) => inService);
  if (id === undefined) throw new Error(`the sample site was ${result}: ${error}`);
  await bootstrapped(stage, id);
  const held = unitsOf(await stage.run(id, ours));
  for (const unit of ['holdfast-refresh.timer', 'holdfast-log.timer', 'holdfast-watch-1.path'])
    if (!held.has(unit)) throw new Error(`${id}: found no ${unit} among ${[...held.keys()]}`);
  if (!held.get('holdfast-leave.service'))
    throw new Error(`${id}: found no process that waits for the notice`);
  const total = [...held.values()].reduce((sum, bytes) => sum + bytes, 0);
  return {
    title: 'Memory of an idle machine',
    method:
      'An instance in service, with a refresh timer, a watch, a log and a drain command: what the processes of our units hold, what is shared in proportion.',
    table: {
      head: ['unit', 'memory'],
      rows: [...[...held].map(([unit, bytes]) => [unit, megabytes(bytes)]), ['all', megabytes(total)]],
    },
    verdicts: [atMost('idle memory of our units', 60, total / 1e6, 'MB')],
  };
}

/** Bytes by unit, from lines of a unit and kilobytes. */
export function unitsOf(text: string): Map<string, number> {
  const held = new Map<string, number>();
  for (const [unit = '', kilobytes = '0'] of text
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' ')))
    held.set(unit, (held.get(unit) ?? 0) + Number(kilobytes) * 1024);
  return held;
}
