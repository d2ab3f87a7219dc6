import type { AgentSettings } from '../../config/agent-settings.ts';
import { HoldfastError } from '../../release/errors.ts';
import { run } from '../host/run.ts';

/** A service that has been up for this long is past its crash loop. Seconds. */
const steadySeconds = 10;

interface UnitState {
  /** `active`, `activating`, `inactive`, `failed`, ... */
  state: string;
  /** Since it became active. */
  seconds: number;
}

/**
 * Throws when a watched service did not come back: systemd gave up on it, or its last restart failed and it is not
 * steady.
 */
export async function checkServices({ watch = [] }: Pick<AgentSettings, 'watch'>): Promise<void> {
  if (watch.length === 0) return;
  const services = await statesOf(watch.map(({ unit }) => unit));
  const restarts = await statesOf(watch.map((_, index) => `holdfast-restart-${index + 1}.service`));
  const gone = watch.flatMap(({ unit }, index) => {
    const service = services[index];
    return hasFailed(service, restarts[index]) ? [`${unit} is ${service?.state}`] : [];
  });
  if (gone.length === 0) return;
  throw new HoldfastError(
    'ServiceFailed',
    `after its files changed ${gone.join(', ')}, expected it to stay active; read journalctl --unit ${gone[0]?.split(' ')[0]}`,
  );
}

/** Whether a service is down for good, or keeps crashing since its watch restarted it. */
export function hasFailed(service: UnitState | undefined, restart: UnitState | undefined): boolean {
  if (service?.state === 'failed') return true;
  const isSteady = service?.state === 'active' && service.seconds >= steadySeconds;
  return restart?.state === 'failed' && !isSteady;
}

/** In the order of the units. */
async function statesOf(units: readonly string[]): Promise<UnitState[]> {
  const words = ['show', '--property=ActiveState,ActiveEnterTimestampMonotonic', '--', ...units];
  const { stdout } = await run('systemctl', words, { env: process.env, seconds: 60 });
  return parseStates(stdout, Number(process.hrtime.bigint() / 1000n));
}

/**
 * Parses the output of `systemctl show`: the lines of one unit, an empty line, the next. `now`: microseconds since
 * boot.
 */
export function parseStates(shown: string, now: number): UnitState[] {
  const value = (block: string, key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(block)?.[1] ?? '';
  return shown.split('\n\n').map((block) => ({
    state: value(block, 'ActiveState') || 'unknown',
    seconds: (now - Number(value(block, 'ActiveEnterTimestampMonotonic'))) / 1_000_000,
  }));
}
