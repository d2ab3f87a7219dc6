import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** An EnvironmentFile of systemd that a shell can read too: one `NAME="value"` for each variable, sorted by name. */
export function formatEnvironment(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}="${value.replace(/["\\`$]/g, '\\$&')}"\n`)
    .join('');
}

/** Whether systemd accepts a value: it ignores variables with control characters other than tab and line feed. */
export function isEnvironmentValue(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return !/[\u0000-\u0008\u000b-\u001f\u007f\ufffd]/.test(value);
}

/** Writes a file that only its owner can read, completely or not at all. Returns whether it changed. */
export function writeSecretFile(file: string, text: string): boolean {
  if (isSame(file, text)) return false;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // A new file, because an existing one would keep its mode.
  rmSync(`${file}.new`, { force: true });
  writeFileSync(`${file}.new`, text, { mode: 0o600, flag: 'wx' });
  renameSync(`${file}.new`, file);
  return true;
}

function isSame(file: string, text: string): boolean {
  try {
    return (statSync(file).mode & 0o777) === 0o600 && readFileSync(file, 'utf8') === text;
  } catch {
    return false;
  }
}
