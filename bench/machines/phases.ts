import { reportOf } from '../../test/support/machine/launch.ts';
import type { Stage } from '../../test/support/machine/stage.ts';
import type { Result } from '../result.ts';
import { median } from '../statistics.ts';
import { seconds } from '../table.ts';

/** Boots, by how they were made. */
export type Boots = Record<string, readonly Boot[]>;

/** Parts of a boot in their order. */
const phaseNames = ['systemd and cloud-init', 'boot.sh', 'agent'] as const;
/** Seconds of each. */
export type Boot = Record<(typeof phaseNames)[number], number>;

/** When units of a machine began and ended: microseconds of its monotonic clock. */
export interface Moments {
  systemd: number;
  userData: number;
  agent: number;
  ready: number;
}

const exitOf = 'ExecMainExitTimestampMonotonic holdfast-bootstrap.service';

/** Durations of one machine's boot, from its systemd. */
export async function bootOf(stage: Stage, id: string): Promise<Boot> {
  const isReady = () => (reportOf(stage, id) ? true : undefined);
  await stage.waitFor('the report', isReady, { show: [id] });
  const moment = async (what: string) =>
    Number((await stage.run(id, `systemctl show --value --property=${what}`)).trim());
  // The agent reports, then completes its launch and ships its log.
  const end = async () => (await moment(exitOf)) || undefined;
  return parts({
    systemd: await moment('UserspaceTimestampMonotonic'),
    userData: await moment('ExecMainStartTimestampMonotonic cloud-final.service'),
    agent: await moment('ExecMainStartTimestampMonotonic holdfast-bootstrap.service'),
    ready: await stage.waitFor('the end of the agent', end, { show: [id] }),
  });
}

/** Durations between moments; throws when a moment is 0, which means that it did not come yet. */
export function parts(moments: Moments): Boot {
  const { systemd, userData, agent, ready } = moments;
  if (Object.values(moments).some((each) => !(each > 0)))
    throw new Error(`a boot without all its moments: ${JSON.stringify(moments)}`);
  const between = (from: number, to: number) => (to - from) / 1e6;
  return {
    'systemd and cloud-init': between(systemd, userData),
    'boot.sh': between(userData, agent),
    agent: between(agent, ready),
  };
}

/** Where the time of a boot goes: the median of each part. */
export function phaseTable(boots: Boots): Result {
  const rows = phaseNames.map((name) => [
    name,
    ...Object.values(boots).map((all) => seconds(median(all.map((boot) => boot[name])))),
  ]);
  return {
    title: 'Parts of a boot',
    method: 'The baked image. Seconds, as systemd notes them; the agent until it has reported and is done.',
    table: { head: ['', ...Object.keys(boots)], rows },
  };
}
