import { existsSync } from 'node:fs';
import { shell } from '../command.ts';
import type { Deployer } from '../deployer.ts';
import { names } from '../names.ts';
import { at, home, type Setting, wipe } from '../setting.ts';

/** A clone that is updated to the tip of main in place: no release beside it, no way back. */
export function inPlace(setting: Setting, name = 'in-place'): Deployer {
  const folder = home(setting, name);
  const clone = `git clone --quiet --single-branch ${setting.url} ${folder}`;
  const update = `cd ${folder}; git fetch --quiet origin main; git -c checkout.workers=4 checkout --quiet --detach FETCH_HEAD`;
  return {
    name: names.inPlace,
    folder,
    wipe: () => wipe(folder),
    deploy: () => shell(existsSync(folder) ? update : clone, at(setting)),
  };
}
