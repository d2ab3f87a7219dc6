import { parseLonger } from '../../../lib/agent/archive/header.ts';
import { TarReader } from '../../../lib/agent/archive/tar-reader.ts';
import { type Forged, forge, pax } from '../../support/agent/tarball.ts';

/** What a visitor sees of a tarball that comes in parts of a size. */
function seen(tarball: Buffer, partBytes = tarball.length): string[] {
  const told: string[] = [];
  let body = '';
  const reader = new TarReader({
    folder: (name) => told.push(`folder ${name}`),
    link: (name, target) => told.push(`link ${name} ${target}`),
    file: (name, size, isExecutable) => {
      body = '';
      told.push(`file ${name} ${size}${isExecutable ? ' runs' : ''}`);
    },
    data: (bytes) => {
      body += bytes;
    },
    end: () => told.push(`body ${body}`),
  });
  for (let at = 0; at < tarball.length; at += partBytes) reader.add(tarball.subarray(at, at + partBytes));
  reader.finish();
  return told;
}

const members: Forged[] = [
  { name: 'commit', body: 'tree' },
  { name: 'tree/', type: '5' },
  { name: 'tree/empty' },
  { name: 'tree/run', body: 'x'.repeat(512), mode: 0o755 },
  pax({ path: `tree/${'n'.repeat(150)}` }),
  { name: 'short', body: 'long name' },
  pax({ linkpath: 'a/'.repeat(80), mtime: '1.5' }),
  { name: 'tree/way', type: '2', link: 'a' },
  { name: 'tree/after', body: 'short again' },
];

const expected = [
  'file commit 4',
  'body tree',
  'folder tree',
  'file tree/empty 0',
  'body ',
  'file tree/run 512 runs',
  `body ${'x'.repeat(512)}`,
  `file tree/${'n'.repeat(150)} 9`,
  'body long name',
  `link tree/way ${'a/'.repeat(80)}`,
  'file tree/after 11',
  'body short again',
];

describe('a tarball', () => {
  it.each([1, 7, 511, 512, 513, 100_000])('is the same in parts of %d bytes', (size) => {
    expect(seen(forge(members), size)).toEqual(expected);
  });

  it('may end with more empty blocks than it needs', () => {
    expect(seen(Buffer.concat([forge([]), Buffer.alloc(10_240)]))).toEqual([]);
  });

  it.each<[string, Buffer, string]>([
    ['that has no end', forge(members).subarray(0, -1024), 'ends in the middle'],
    ['that ends in a body', forge([{ name: 'a', body: 'abc' }]).subarray(0, 513), 'ends in the middle'],
    ['that goes on', Buffer.concat([forge([]), forge(members)]), 'has bytes after its end'],
    ['that is text', Buffer.from('not a tarball\n'.repeat(60)), 'not a tarball'],
    ['with a link that has a body', forge([{ name: 'l', type: '2', link: 'a', body: 'x' }]), 'has a body'],
    ['with a global header', forge([{ name: 'g', type: 'g' }]), 'neither file'],
    ['with names of GNU tar', forge([{ name: 'L', type: 'L' }]), 'neither file'],
    ['with an empty extension', forge([{ name: 'x', type: 'x' }]), 'names of 0 bytes'],
    ['with an endless name', forge([{ name: 'x', type: 'x', size: 40_000 }]), 'names of 40000 bytes'],
  ])('fails %s', (_, tarball, problem) => {
    expect(() => seen(tarball)).toThrow(problem);
  });
});

describe('an extension', () => {
  const read = (text: string) => parseLonger(Buffer.from(text, 'latin1'));

  it('gives path, target and size, and nothing else', () => {
    expect(read('12 path=a/b\n11 size=42\n20 mtime=1700000.25\n')).toEqual({ path: 'a/b', size: '42' });
  });

  it('may hold line ends and equal signs', () => {
    expect(read('14 path=a\n=b\n\n')).toEqual({ path: 'a\n=b\n' });
  });

  it.each(['path=a\n', '8 path=a\n', '90 path=a\n', '0 path=a\n', '10 path=a'])('fails as %j', (text) => {
    expect(() => read(text)).toThrow('not a tarball');
  });

  it('fails with a size that is no number', () => {
    expect(() => seen(forge([pax({ size: '1e3' }), { name: 'a' }]))).toThrow('not a tarball');
  });
});
