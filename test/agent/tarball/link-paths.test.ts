import { resolveInside } from '../../../lib/agent/tarball/link-paths.ts';

describe('resolveInside', () => {
  const links: Record<string, string> = {
    up: '..',
    root: '.',
    'a/b/top': '../..',
    'a/in': 'b/c',
    out: '../outside',
    absolute: '/etc',
    loop: 'loop',
    ping: 'pong',
    pong: 'ping',
    'long/way': '../a/in/x',
  };
  const resolve = (folder: string, path: string) => resolveInside(folder, path, (name) => links[name]);

  it.each([
    ['', 'a/b', 'a/b'],
    ['a', '../b', 'b'],
    ['', './/a/./b/', 'a/b'],
    ['', 'a/in/d', 'a/b/c/d'],
    ['', 'a/in/..', 'a/b'],
    ['a/b', 'top/x', 'x'],
    ['', 'root/root/a', 'a'],
    ['', 'long/way', 'a/b/c/x'],
    ['', '', ''],
  ])('from %j, %j leads to %j', (folder, path, expected) => {
    expect(resolve(folder, path)).toBe(expected);
  });

  it.each([
    ['', '..'],
    ['a', '../../x'],
    ['', '/etc'],
    ['', 'up/x'],
    ['', 'out'],
    ['', 'absolute/passwd'],
    ['', 'a/b/top/..'],
    ['', 'loop'],
    ['', 'ping/x'],
  ])('from %j, %j leaves the root or never ends', (folder, path) => {
    expect(resolve(folder, path)).toBeUndefined();
  });
});
