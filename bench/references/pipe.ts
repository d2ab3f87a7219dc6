import { shell } from '../command.ts';
import { names } from '../names.ts';
import type { Contestant } from '../rounds.ts';
import { at, home, type Setting, wipe } from '../setting.ts';

/** A tarball that is unpacked while it is read: nothing checks its digest or its members. */
export function pipe(setting: Setting, name = 'pipe'): Contestant & { folder: string } {
  const folder = home(setting, name);
  return {
    name: names.pipe,
    folder,
    prepare: async () => wipe(folder),
    run: async () =>
      void (await shell(
        `mkdir ${folder}; curl --fail --silent --show-error ${setting.url} | zstd --decompress | tar --extract --directory ${folder}`,
        at(setting),
      )),
  };
}
