import { createHash, type Hash } from 'node:crypto';

/** Modes of files and links in trees and indexes. */
export type Mode = '100644' | '100755' | '120000';

type Kind = 'blob' | 'tree' | 'commit';

/** Hash of a git object whose bytes are still to come. */
export function objectHash(kind: Kind, bytes: number): Hash {
  return createHash('sha1').update(`${kind} ${bytes}\0`);
}

/** Hash of a git object. */
export function idOf(kind: Kind, body: Buffer): string {
  return objectHash(kind, body.length).update(body).digest('hex');
}

/** A file or a link of a tree. */
export interface Leaf {
  mode: Mode;
  id: string;
}

/** A tree object under construction. Names are bytes, written as latin1, so they sort as git sorts them. */
export class TreeObject {
  readonly #entries = new Map<string, Leaf | TreeObject>();

  /** Adds a file, link or folder; `false` when its folder is missing or its name is taken. */
  add(path: string, entry: Leaf | TreeObject): boolean {
    const slash = path.indexOf('/');
    if (slash >= 0) {
      const below = this.#entries.get(path.slice(0, slash));
      return below instanceof TreeObject && below.add(path.slice(slash + 1), entry);
    }
    if (this.#entries.has(path)) return false;
    this.#entries.set(path, entry);
    return true;
  }

  /** Whether it holds folders without files. */
  get hasEmptyFolders(): boolean {
    const folders = [...this.#entries.values()].filter((entry) => entry instanceof TreeObject);
    return folders.some((folder) => folder.#entries.size === 0 || folder.hasEmptyFolders);
  }

  get id(): string {
    const named = [...this.#entries].map(([name, entry]) => ({ name, entry, order: orderOf(name, entry) }));
    const sorted = named.toSorted((a, b) => (a.order < b.order ? -1 : 1));
    return idOf('tree', Buffer.concat(sorted.map(({ name, entry }) => bytesOf(name, entry))));
  }
}

/** A folder sorts as if its name ended with a slash. */
function orderOf(name: string, entry: Leaf | TreeObject): string {
  return entry instanceof TreeObject ? `${name}/` : name;
}

function bytesOf(name: string, entry: Leaf | TreeObject): Buffer {
  const mode = entry instanceof TreeObject ? '40000' : entry.mode;
  return Buffer.concat([Buffer.from(`${mode} ${name}\0`, 'latin1'), Buffer.from(entry.id, 'hex')]);
}
