import { parseMember } from '../../../lib/agent/tarball/members.ts';

describe('parseMember', () => {
  const time = '2026-11-22 08:01:08';

  it('reads files, folders and their sizes', () => {
    expect(parseMember(`-rw-r--r-- 0/0      1073741824 ${time} "a/sparse"`)).toEqual({
      type: '-',
      size: 1073741824,
      name: 'a/sparse',
    });
    expect(parseMember(`drwxr-xr-x 1000/1000 0 ${time}.123456 "./"`)).toMatchObject({
      type: 'd',
      name: './',
    });
  });

  it('reads links', () => {
    expect(parseMember(`lrwxrwxrwx 0/0 0 ${time} "a/li nk" -> "../../etc"`)).toMatchObject({
      type: 'l',
      name: 'a/li nk',
      target: '../../etc',
    });
    expect(parseMember(`hrw-r--r-- 0/0 0 ${time} "a/hard" link to "a/x"`)).toMatchObject({
      type: 'h',
      target: 'a/x',
    });
  });

  it('reads names that look like links', () => {
    expect(parseMember(`-rw-r--r-- 0/0 3 ${time} "a/x\\"y -> q"`)).toEqual({
      type: '-',
      size: 3,
      name: 'a/x"y -> q',
    });
  });

  it('reads escapes as bytes', () => {
    const { name } = parseMember(`-rw-r--r-- 0/0 1 ${time} "n\\nl\\\\\\303\\251"`) ?? {};
    expect(Buffer.from(name ?? '', 'latin1').toString('utf8')).toBe('n\nl\\é');
  });

  it('reads devices and special modes', () => {
    expect(parseMember(`crw-r--r-- 0/0 1,3 ${time} "dev"`)).toMatchObject({ type: 'c', size: 0 });
    expect(parseMember(`-rwsr-xr-x 0/0 3 ${time} "su"`)).toMatchObject({ type: '-', name: 'su' });
  });

  it('reads times that tar pads to the widest so far', () => {
    expect(parseMember(`-rw-r--r-- 0/0 3 ${time}   "a"`)).toMatchObject({ name: 'a', size: 3 });
  });

  it('does not guess', () => {
    expect(parseMember('')).toBeUndefined();
    expect(parseMember(`-rw-r--r-- 0/0 1 ${time} "a" and more`)).toBeUndefined();
    expect(parseMember(`-rw-r--r-- 0/0 1 ${time} unquoted`)).toBeUndefined();
  });
});
