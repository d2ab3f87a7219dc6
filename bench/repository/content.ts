import { type Random, random } from './random.ts';
import { vocabulary, vocabularySize } from './vocabulary.ts';

/** Out of so many files one holds bytes that do not compress, as pictures and fonts do. */
const binaryEvery = 5;

const wordsInLine = 9;

/**
 * Contents of a file: text that compresses about as source code does, or bytes that do not compress at all.
 * A later edition differs from the first in one line.
 */
export function content(file: number, edition: number, bytes: number): Buffer {
  const buffer = isBinary(file) ? noise(random(file + 1), bytes) : text(random(file + 1), bytes);
  if (edition > 0) {
    const change = random(file * 7919 + edition * 104_729);
    buffer.write(line(change), change.below(bytes), 'latin1');
  }
  return buffer;
}

export function isBinary(file: number): boolean {
  return file % binaryEvery === binaryEvery - 1;
}

function noise(source: Random, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(bytes + 4);
  for (let at = 0; at < bytes; at += 4) buffer.writeUInt32LE(source.below(0x1_0000_0000), at);
  return buffer.subarray(0, bytes);
}

function text(source: Random, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes, '\n');
  let at = 0;
  while (at < bytes) at += buffer.write(line(source), at, 'latin1');
  return buffer;
}

function line(source: Random): string {
  const words = Array.from({ length: wordsInLine }, () => vocabulary[common(source)]);
  return `${' '.repeat(source.below(4) * 2)}${words.join(' ')}\n`;
}

/** A few words stand often, most seldom. */
function common(source: Random): number {
  return Math.floor(vocabularySize * source.next() ** 3);
}
