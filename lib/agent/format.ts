/** How a tarball is compressed, and the program that GNU tar undoes it with. */
export interface Format {
  name: 'zstd' | 'gzip' | 'xz' | 'bzip2' | 'none';
  /** Options of tar. */
  options: readonly string[];
}

/** xz may ask for any amount of memory; 128 MiB is enough for its strongest preset. */
const formats: { magic: string; format: Format }[] = [
  { magic: '28b52ffd', format: { name: 'zstd', options: ['--use-compress-program=zstd'] } },
  { magic: '1f8b', format: { name: 'gzip', options: ['--use-compress-program=gzip'] } },
  {
    magic: 'fd377a585a00',
    format: { name: 'xz', options: ['--use-compress-program=xz --memlimit-decompress=128MiB'] },
  },
  { magic: '425a68', format: { name: 'bzip2', options: ['--use-compress-program=bzip2'] } },
];

/** First bytes that tell the format. */
export const magicBytes = 6;

/** Told by the first bytes; a name may lie. */
export function formatOf(start: Buffer): Format {
  const found = formats.find(({ magic }) => start.toString('hex', 0, magicBytes).startsWith(magic));
  return found?.format ?? { name: 'none', options: [] };
}
