/** One member of a tarball according to GNU tar. Names are bytes, written as latin1. */
export interface Member {
  /** First letter of tar's mode column: - d l h c b p ... */
  type: string;
  /** Bytes; 0 for everything but files. */
  size: number;
  name: string;
  /** Of links. */
  target?: string;
}

/**
 * Options of the listing that `parseMember` reads. GNU tar both lists and unpacks, so no member can hide in a
 * difference between two parsers.
 */
export const listingOptions = [
  '--list',
  '--verbose',
  '--absolute-names',
  '--numeric-owner',
  '--full-time',
  '--utc',
  '--quoting-style=c',
] as const;

const line =
  /^(\S)\S+ +\d+\/\d+ +(\d+(?:, ?\d+)?) \S+ \S+ +"((?:[^"\\]|\\.)*)"(?: (?:->|link to) "((?:[^"\\]|\\.)*)")?$/;

/** Parses one line of the listing; undefined if that is impossible. */
export function parseMember(text: string): Member | undefined {
  const found = line.exec(text);
  if (!found) return undefined;
  const [, type = '', size = '0', name = '', target] = found;
  return {
    type,
    size: Number(size) || 0,
    name: unquote(name),
    ...(target === undefined ? {} : { target: unquote(target) }),
  };
}

const escapes: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function unquote(text: string): string {
  return text.replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code),
  );
}
