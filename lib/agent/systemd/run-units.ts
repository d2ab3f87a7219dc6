import { join } from 'node:path';
import type { Events } from '../host/events.ts';
import { systemctl } from './systemd.ts';
import { compareUnits, placeUnits } from './unit-files.ts';
import type { UnitFiles } from './unit-text.ts';

/** In memory: every boot makes units anew, after the release is applied. */
const unitFolder = 'run/systemd/system';
/** What is started; the rest is started by these. */
const isStarter = (name: string) => /\.(path|timer)$|^holdfast-(leave|log-end)\.service$/.test(name);

/**
 * Makes the units on this machine whose names match `own` exactly these, and has them run; systemd reads units again only
 * when one changed. `home` takes the place of `/`.
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
