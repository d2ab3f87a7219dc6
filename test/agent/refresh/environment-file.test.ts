import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  formatEnvironment,
  isEnvironmentValue,
  writeSecretFile,
} from '../../../lib/agent/refresh/environment-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-values-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('an environment file', () => {
  it('holds one variable a line, in order of name', () => {
    expect(formatEnvironment({ B: '2', A: 'one two' })).toBe('A="one two"\nB="2"\n');
  });

  it.each([
    'plain',
    '',
    ' spaces around ',
    'a"b\'c`d\\e$f${HOME}$(id)',
    '# no comment; no \\n line',
    '-----BEGIN KEY-----\nabc\n-----END KEY-----\n',
    'größer\t€',
  ])('gives a shell exactly what was put in: %j', (value) => {
    const file = join(folder, 'shell.env');
    writeSecretFile(file, formatEnvironment({ VALUE: value, AFTER: 'end' }));
    const said = execFileSync('sh', ['-c', `. ${file}; printf '%s|%s' "$VALUE" "$AFTER"`]).toString();
    expect(said).toBe(`${value}|end`);
  });

  it.each(['a\u0000b', 'a\rb', '\u001b[0m', '\u007f', 'not UTF-8: \ufffd'])('cannot hold %j', (value) => {
    expect(isEnvironmentValue(value)).toBe(false);
  });
});

describe('a secret file', () => {
  const file = join(folder, 'deep/er/secret.env');

  it('is only for its owner, from its first moment on', () => {
    expect(writeSecretFile(file, 'A="1"\n')).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'deep')).mode & 0o777).toBe(0o700);
  });

  it('is left alone when nothing changed, so that nothing is restarted for it', () => {
    const { ino } = statSync(file);
    expect(writeSecretFile(file, 'A="1"\n')).toBe(false);
    expect(statSync(file).ino).toBe(ino);
  });

  it('is closed again when someone opened it, and replaced whole', () => {
    chmodSync(file, 0o644);
    writeFileSync(`${file}.new`, 'left by a killed run', { mode: 0o666 });
    expect(writeSecretFile(file, 'A="1"\n')).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toBe('A="1"\n');
    expect(readdirSync(join(folder, 'deep/er'))).toEqual(['secret.env']);
  });
});
