import type { AgentSettings } from '../config/settings.ts';
import { HoldfastError } from '../release/errors.ts';
import { run } from './run.ts';

/** Refuses when a watched service did not come back: its last restart failed, or systemd gave it up. */
export async function checkServices({ watch = [] }: Pick<AgentSettings, 'watch'>): Promise<void> {
  const restarts = watch.map((_, index) => `holdfast-restart-${index + 1}.service`);
  const units = watch.map(({ unit }) => unit);
  const [services, attempts] = await Promise.all([statesOf(units), statesOf(restarts)]);
  const gone = units
    .map((unit, index) => ({ unit, state: services[index] ?? 'unknown', attempt: attempts[index] }))
    .filter(({ state, attempt }) => state === 'failed' || (attempt === 'failed' && state !== 'active'));
  if (gone.length === 0) return;
  const found = gone.map(({ unit, state }) => `${unit} is ${state}`).join(', ');
  throw new HoldfastError(
    'ServiceFailed',
    `${found} after its files changed, expected active; read journalctl --unit ${gone[0]?.unit}`,
  );
}

/** `active`, `failed`, `inactive`, ... of each unit, in order. */
async function statesOf(units: readonly string[]): Promise<string[]> {
  if (units.length === 0) return [];
  const { stdout } = await run('systemctl', ['is-active', '--', ...units], { env: process.env, seconds: 60 });
  return stdout.split('\n');
}
