import { randomBytes } from 'node:crypto';
import zlib from 'node:zlib';
import { FrameMeter } from '../../../lib/agent/archive/frame-meter.ts';

const measured = (bytes: Buffer, part = bytes.length) => {
  const meter = new FrameMeter();
  for (let from = 0; from < bytes.length; from += part) meter.add(bytes.subarray(from, from + part));
  return meter.bytes;
};

describe('the bytes of an archive that hold content', () => {
  const text = Buffer.concat([randomBytes(300_000), Buffer.alloc(300_000)]);
  const { ZSTD_c_checksumFlag: checksum, ZSTD_c_contentSizeFlag: contentSize } = zlib.constants;

  it.each([
    ['as it comes', {}],
    ['with a checksum', { params: { [checksum]: 1 } }],
    ['without its size', { params: { [contentSize]: 0 } }],
  ])('are all but the headers of a frame %s, in whatever parts it comes', (_, options) => {
    const packed = zlib.zstdCompressSync(text, options);
    const found = measured(packed);
    expect(packed.length - found).toBeGreaterThan(0);
    expect(packed.length - found).toBeLessThan(32);
    for (const part of [1, 7, 65_536]) expect(measured(packed, part)).toBe(found);
    expect(measured(Buffer.concat([packed, packed]))).toBe(2 * found);
  });

  it('are none of skippable frames, and none of what is no zstd', () => {
    const frame = Buffer.alloc(1008);
    frame.writeUInt32LE(0x184d2a5f);
    frame.writeUInt32LE(1000, 4);
    expect(measured(frame)).toBe(0);
    const packed = zlib.zstdCompressSync(text);
    expect(measured(Buffer.concat([frame, packed, frame]), 13)).toBe(measured(packed));
    expect(measured(randomBytes(1000))).toBe(0);
  });
});
