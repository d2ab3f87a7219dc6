import { join } from 'node:path';
import type { Events } from '../host/events.ts';
import { systemctl } from './systemd.ts';
import { compareUnits, placeUnits } from './unit-files.ts';
import type { UnitFiles } from './unit-text.ts';

/** In memory, because every boot creates the units again after the release is applied. */
const unitFolder = 'run/systemd/system';
/** Units that are started; these start the others. */
const isStarter = (name: string) => /\.(path|timer)$|^holdfast-(leave|log-end)\.service$/.test(name);

/**
 * Replaces the units whose names match `managedNames` by exactly these, and starts them. systemd reloads only if one
 * changed. `home` takes the place of `/`.
 */
export async function runUnits(
  home: string,
  managedNames: RegExp,
  units: UnitFiles,
  events: Events,
): Promise<void> {
  const folder = join(home, unitFolder);
  const changes = compareUnits(folder, managedNames, units);
  const { stale, changed } = changes;
  const [gone, starters] = [stale.filter(isStarter), Object.keys(units).filter(isStarter)];
  if (gone.length > 0) await systemctl('stop', ...gone);
  if (stale.length + changed.length > 0) {
    placeUnits(folder, changes, units);
    await systemctl('daemon-reload');
    events.tell('units', { changed, removed: stale });
  }
  const again = changed.filter(isStarter);
  if (again.length > 0) await systemctl('restart', ...again);
  if (starters.length > 0) await systemctl('start', ...starters);
}
