import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCompiled, writeCompiled } from '../../../lib/agent/launcher/compiled.ts';

describe('the compiled form beside a program', () => {
  let folder: string;
  let file: string;
  const compiled = {
    parts: ['start', 'fetch'],
    scripts: {
      './a.js': Buffer.from([0, 10, 255, 10]),
      './empty.js': Buffer.alloc(0),
      './b.js': Buffer.from([10]),
    },
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-compiled-'));
    file = join(folder, 'agent.compiled');
    writeCompiled(file, 'program 1', compiled);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('comes back as it was written, in a file of its own that only its user can read', () => {
    expect(readCompiled(file, 'program 1')).toEqual(compiled);
    expect(lstatSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['agent.compiled']);
  });

  it('is replaced by a later one', () => {
    writeCompiled(file, 'program 2', { ...compiled, parts: [] });
    expect(readCompiled(file, 'program 2')).toEqual({ ...compiled, parts: [] });
  });

  it('is none when there is no file, or when it belongs to another program', () => {
    expect(readCompiled(join(folder, 'other'), 'program 1')).toBeUndefined();
    expect(readCompiled(file, 'program 2')).toBeUndefined();
  });

  it.each([0, 31, 32, 40, -1])('is none when the byte at %d is another, or the last are missing', (at) => {
    const bytes = readFileSync(file);
    const damaged = Buffer.from(bytes);
    const place = at < 0 ? bytes.length + at : at;
    damaged.writeUInt8((bytes.readUInt8(place) + 1) % 256, place);
    for (const content of [damaged, bytes.subarray(0, place)]) {
      writeFileSync(file, content);
      expect(readCompiled(file, 'program 1')).toBeUndefined();
    }
  });

  it('is none when others may write it, or when it is a link', () => {
    for (const mode of [0o620, 0o602]) {
      chmodSync(file, mode);
      expect(readCompiled(file, 'program 1')).toBeUndefined();
    }
    chmodSync(file, 0o644);
    expect(readCompiled(file, 'program 1')).toEqual(compiled);
    renameSync(file, join(folder, 'elsewhere'));
    symlinkSync('elsewhere', file);
    expect(readCompiled(file, 'program 1')).toBeUndefined();
  });

  it('is not kept where no file can be written', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => writeCompiled(join(folder, 'file/agent.compiled'), 'program 1', compiled)).not.toThrow();
    expect(readCompiled(join(folder, 'file/agent.compiled'), 'program 1')).toBeUndefined();
  });
});
