import { hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** What an earlier run left of a program's compiled form. */
export interface Compiled {
  /** Parts of the work whose functions are in it. */
  parts: readonly string[];
  /** By the script's name. */
  scripts: Readonly<Record<string, Buffer>>;
}

/** The first line of a file, behind its digest. */
interface About {
  program: string;
  parts: string[];
  /** Names and bytes of the scripts that follow. */
  scripts: [name: string, bytes: number][];
}

/** Bytes of the digest that a file begins with: of all that follows. */
const digestBytes = 32;
const digestOf = (bytes: Buffer) => hash('sha256', bytes, 'buffer');

/**
 * Reads the compiled form of exactly this program; undefined when there is none. A file that is damaged, or that anyone
 * but root and this user could have written, counts as none: V8 trusts what it is given.
 */
export function readCompiled(file: string, program: string): Compiled | undefined {
  const bytes = readTrustedFile(file);
  if (!bytes) return undefined;
  const content = bytes.subarray(digestBytes);
  if (!digestOf(content).equals(bytes.subarray(0, digestBytes))) return undefined;
  const end = content.indexOf('\n');
  const about = JSON.parse(content.toString('utf8', 0, end)) as About;
  if (about.program !== program) return undefined;
  let from = end + 1;
  const scripts = about.scripts.map(([name, size]) => {
    from += size;
    return [name, content.subarray(from - size, from)] as const;
  });
  return { parts: about.parts, scripts: Object.fromEntries(scripts) };
}

/** Writes it whole or not at all. In a folder that cannot be written to every run compiles. */
export function writeCompiled(file: string, program: string, { parts, scripts }: Compiled): void {
  const sizes = Object.entries(scripts).map(([name, data]): [string, number] => [name, data.length]);
  const about: About = { program, parts: [...parts], scripts: sizes };
  const content = Buffer.concat([Buffer.from(`${JSON.stringify(about)}\n`), ...Object.values(scripts)]);
  try {
    const next = `${file}.${process.pid}`;
    writeFileSync(next, Buffer.concat([digestOf(content), content]), { mode: 0o600 });
    renameSync(next, file);
  } catch {
    // Nothing is lost but time.
  }
}

function readTrustedFile(file: string): Buffer | undefined {
  try {
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { uid, mode } = fstatSync(descriptor);
      const isOwn = (uid === 0 || uid === process.getuid?.()) && (mode & 0o022) === 0;
      return isOwn ? readFileSync(descriptor) : undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}
