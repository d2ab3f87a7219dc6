import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, shell } from '../../bench/command.ts';
import { makePlace, type Place, room } from '../../bench/place.ts';
import { wipe } from '../../bench/setting.ts';
import { sameTree } from '../../bench/tree.ts';

let place: Place;
beforeEach(() => {
  place = makePlace();
});
afterEach(() => place.remove());

const options = () => ({ cwd: place.path, env: place.env });

it('says what it lies on', () => {
  expect(place.kind).toBe(place.path.startsWith('/dev/shm') ? 'memory file system' : 'disk');
});

it('leaves nothing behind', () => {
  writeFileSync(join(place.path, 'file'), '');
  place.remove();
  expect(existsSync(place.path)).toBe(false);
});

it('gives each measure a room of its own', () => {
  const own = room(place, 'update');
  expect(own.path).toBe(join(place.path, 'update'));
  expect(own.env.HOME).toBe(own.path);
  own.remove();
  expect(existsSync(own.path)).toBe(false);
  expect(existsSync(place.path)).toBe(true);
});

it('keeps the settings of the user from contestants', async () => {
  expect(await shell('echo $HOME', options())).toBe(`${place.path}\n`);
  expect(await command('node', ['--version'], options())).toBe(`${process.version}\n`);
});

it('gives the last words of a command that failed', async () => {
  await expect(shell('echo not good >&2; exit 4', options())).rejects.toThrow(/ended with 4:\nnot good$/);
});

it('tells trees that differ', async () => {
  await shell('mkdir a b; echo 1 > a/file; echo 1 > b/file; touch b/REVISION', options());
  const setting = { place, url: '' };
  const compare = () => sameTree(setting, join(place.path, 'a'), join(place.path, 'b'));
  await compare();
  writeFileSync(join(place.path, 'b/file'), '2\n');
  await expect(compare()).rejects.toThrow('differ');
  wipe(join(place.path, 'b/file'));
  await expect(compare()).rejects.toThrow('Only in');
});
