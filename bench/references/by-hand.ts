import { shell } from '../command.ts';
import type { Deployer } from '../deployer.ts';
import { names } from '../names.ts';
import { at, home, type Setting, wipe } from '../setting.ts';

/** Git alone on a fresh machine: one commit without its history, written by four workers. */
export function byHand(setting: Setting, name = 'by-hand'): Deployer {
  const folder = home(setting, name);
  return {
    name: names.byHand,
    folder,
    wipe: () => wipe(folder),
    deploy: (commit) =>
      shell(
        `git init --quiet ${folder}
         cd ${folder}
         git fetch --quiet --depth 1 ${setting.url} ${commit}
         git -c checkout.workers=4 checkout --quiet --detach FETCH_HEAD`,
        at(setting),
      ),
  };
}
