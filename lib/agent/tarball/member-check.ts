import { type Budget, type ReadLink, resolveInside } from './link-paths.ts';
import type { Member } from './members.ts';
import { quoteName } from './quote-name.ts';

/** Limits of one tarball: far above any site, far below what fills a disk by surprise. */
export const limits = {
  members: 250_000,
  /** Bytes of all files, unpacked: 16 GiB. */
  bytes: 16 * 1024 ** 3,
  /** Bytes of a name or link. */
  name: 4096,
  /** Bytes of all names and links. */
  names: 64 * 1024 ** 2,
  /** Characters of paths that are looked at to see where links lead: about a second. */
  steps: 64 * 1024 ** 2,
} as const;

const allowedTypes: Record<string, string> = {
  '-': 'file',
  d: 'directory',
  l: 'symbolic link',
  h: 'hard link',
};
const refusedTypes: Record<string, string> = {
  b: 'a block device',
  c: 'a character device',
  p: 'a fifo',
};

/**
 * Checks every member of a tarball before anything is unpacked. Complaints are sentences; the first one counts.
 * Members that cannot be judged alone (links may lead through each other) wait for `finish`.
 */
export class MemberCheck {
  readonly #files = new Set<string>();
  readonly #links = new Map<string, string>();
  readonly #folders = new Set<string>();
  /** Folders that are members, not only on the way to one. */
  readonly #given = new Set<string>();
  #members = 0;
  #bytes = 0;
  #nameBytes = 0;
  #complaint: string | undefined;

  get complaint(): string | undefined {
    return this.#complaint;
  }

  /** Notes a problem; the first one stays. */
  complain(complaint: string): void {
    this.#complaint ??= complaint;
  }

  add(member: Member): void {
    this.#members += 1;
    this.#bytes += member.size;
    this.#nameBytes += member.name.length + (member.target?.length ?? 0);
    this.#complaint ??= this.#overLimit(member) ?? badType(member) ?? badName(member) ?? this.#clash(member);
    if (!this.#complaint) this.#keep(member);
  }

  /**
   * Ends the check against the tree to unpack over: no member and no link may leave it, whatever links the tarball
   * and the tree combine. `readLink` returns the target of a link in that tree.
   */
  finish(readLink: ReadLink): string | undefined {
    const budget: Budget = { left: limits.steps };
    const straight = new Set<string>();
    for (const folder of this.#folders) {
      const problem = this.#throughLink(folder, straight, readLink, budget);
      if (problem) return problem;
    }
    const look: ReadLink = (path) =>
      this.#links.get(path) ?? (this.#replaces(path) ? undefined : readLink(path));
    for (const [name, target] of this.#links) {
      const end = resolveInside(parentOf(name), target, look, budget);
      if (budget.left < 0) return tooDeep;
      if (end === undefined) return `link ${quoteName(name)} leads out of the tree, to ${quoteName(target)}`;
    }
    return undefined;
  }

  /** Folders without a member, which tar makes with whatever mode the umask leaves. */
  implied(): string[] {
    const all = new Set<string>();
    for (const folder of this.#folders)
      for (let path = folder; path && !all.has(path); path = parentOf(path)) all.add(path);
    return [...all].filter((path) => !this.#given.has(path));
  }

  /** Whether a member takes the place of what the tree has there. */
  #replaces(path: string): boolean {
    return this.#files.has(path) || this.#folders.has(path);
  }

  #overLimit(member: Member): string | undefined {
    if (this.#members > limits.members) return `it holds more than ${limits.members} members`;
    if (this.#bytes > limits.bytes) return `it unpacks to more than ${limits.bytes} bytes`;
    if (this.#nameBytes > limits.names)
      return `the names of its members take more than ${limits.names} bytes`;
    const longest = Math.max(member.name.length, member.target?.length ?? 0);
    return longest > limits.name ? `a member has a name longer than ${limits.name} bytes` : undefined;
  }

  /** Two files of one name are fine (the later one counts); with links it is an attack. */
  #clash(member: Member): string | undefined {
    const name = normalizeName(member.name);
    const isLink = member.type === 'l' || member.type === 'h';
    const isTwice = this.#links.has(name) || (isLink && (this.#files.has(name) || this.#folders.has(name)));
    if (isTwice) return `${quoteName(name)} appears twice, once as a link`;
    if (member.type !== 'h') return undefined;
    const target = normalizeName(member.target ?? '');
    return this.#files.has(target)
      ? undefined
      : `hard link ${quoteName(name)} names no file of the same tarball`;
  }

  #keep({ type, name: given, target }: Member): void {
    const name = normalizeName(given);
    if (type === 'l') this.#links.set(name, target ?? '');
    else if (type !== 'd') this.#files.add(name);
    else {
      this.#given.add(name);
      this.#folders.add(name);
    }
    const parent = parentOf(name);
    if (parent) this.#folders.add(parent);
  }

  /** `straight`: folders that were looked at already, and that no link is on the way to. */
  #throughLink(
    folder: string,
    straight: Set<string>,
    readLink: ReadLink,
    budget: Budget,
  ): string | undefined {
    for (let path = folder; path && !straight.has(path); path = parentOf(path)) {
      budget.left -= path.length;
      if (budget.left < 0) return tooDeep;
      if (this.#links.has(path)) return `${quoteName(folder)} goes through a link of the same tarball`;
      if (readLink(path) !== undefined) return `${quoteName(folder)} goes through a link of the commit`;
      straight.add(path);
    }
    return undefined;
  }
}

const tooDeep = 'its folders and links are nested too deep to be looked through';

function badType({ type, name }: Member): string | undefined {
  if (allowedTypes[type]) return undefined;
  return `${quoteName(name)} is ${refusedTypes[type] ?? 'neither file, directory nor link'}`;
}

function badName({ type, name }: Member): string | undefined {
  if (name.startsWith('/')) return `${quoteName(name)} is an absolute name`;
  if (name.includes('\0')) return `${quoteName(name)} holds a NUL`;
  if (name.split('/').includes('..')) return `${quoteName(name)} holds ".."`;
  return normalizeName(name) === '' && type !== 'd' ? 'its root is not a directory' : undefined;
}

/** `./a//b/` is `a/b`; the root is ''. */
function normalizeName(name: string): string {
  return name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

const parentOf = (name: string) => name.slice(0, Math.max(0, name.lastIndexOf('/')));
