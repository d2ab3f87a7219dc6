import type { Hash } from 'node:crypto';
import { limits } from '../tarball/member-check.ts';
import { changesFiles } from './attributes.ts';
import { type CommitObject, parseCommit } from './commit-object.ts';
import { idOf, type Leaf, objectHash, TreeObject } from './git-objects.ts';
import { commitMember, treePath } from './member-names.ts';
import { quoteName, Rejection } from './rejection.ts';
import type { Visitor } from './tar-reader.ts';
import type { TreeWriter } from './tree-writer.ts';

/** Commits and attribute files are kept in memory. A larger one can only be an attack. */
const mostKeptBytes = 1024 * 1024;

interface OpenFile {
  hash: Hash;
  /** Its place in the tree; undefined: it is the commit itself. */
  leaf?: Leaf;
  /** Its bytes, if they have to be read as well. */
  kept?: Buffer[];
}

/**
 * Checks an archive against its commit by git's own hashes while it streams: the first member must hash to the
 * commit, and all others together to its tree. With a writer, the files are written as well.
 */
export class ArchiveCheck implements Visitor {
  readonly #id: string;
  readonly #writer: TreeWriter | undefined;
  readonly #tree = new TreeObject();
  #commit: CommitObject | undefined;
  #members = 0;
  #open: OpenFile | undefined;
  #attributes: string | undefined;

  constructor(commit: string, writer?: TreeWriter) {
    this.#id = commit;
    this.#writer = writer;
  }

  folder(name: string): void {
    const path = this.#pathOf(name, true);
    if (path === '') return;
    this.#add(path, new TreeObject());
    this.#writer?.folder(path);
  }

  link(name: string, target: string): void {
    const path = this.#pathOf(name);
    const id = idOf('blob', Buffer.from(target, 'latin1'));
    if (target === '' || target.includes('\0')) throw new Rejection(`link ${quoteName(path)} leads nowhere`);
    this.#add(path, { mode: '120000', id });
    this.#writer?.link(path, target);
  }

  file(name: string, size: number, isExecutable: boolean): void {
    if (!this.#commit) {
      this.#beginCommit(name, size);
      return;
    }
    const path = this.#pathOf(name);
    const leaf: Leaf = { mode: isExecutable ? '100755' : '100644', id: '' };
    const isAttributes = /(^|\/)\.gitattributes$/.test(path);
    // Takes its place in the tree before anything is written; the hash is known after its last byte.
    this.#add(path, leaf);
    this.#open = { hash: objectHash('blob', size), leaf, ...(isAttributes ? { kept: kept(size) } : {}) };
    this.#writer?.begin(path, leaf.mode);
  }

  data(bytes: Buffer): void {
    const { hash, leaf, kept: parts } = this.#open ?? {};
    hash?.update(bytes);
    parts?.push(Buffer.from(bytes));
    if (leaf) this.#writer?.data(bytes);
  }

  end(): void {
    if (!this.#open) return;
    const { leaf, hash, kept: parts } = this.#open;
    this.#open = undefined;
    if (!leaf) {
      this.#commit = parseCommit(this.#id, Buffer.concat(parts ?? []));
      return;
    }
    leaf.id = hash.digest('hex');
    this.#writer?.close();
    if (parts) this.#attributes ??= changesFiles(Buffer.concat(parts).toString('latin1'));
  }

  /** Ends the check. Returns the commit if the tree matches and git would write the same files. */
  finish(): CommitObject {
    if (!this.#commit) throw new Rejection('it holds no commit');
    const found = this.#tree.id;
    if (found !== this.#commit.tree)
      throw new Rejection(`its files hash to tree ${found}, expected ${this.#commit.tree}`);
    if (this.#attributes !== undefined)
      throw new Rejection(
        `the commit has attributes that change files (${this.#attributes.slice(0, 200)})`,
        false,
      );
    if (this.#tree.hasEmptyFolders) throw new Rejection('the commit holds empty folders', false);
    return this.#commit;
  }

  #beginCommit(name: string, size: number): void {
    if (name !== commitMember) throw new Rejection(`its first member is ${quoteName(name)}`);
    this.#open = { hash: objectHash('commit', size), kept: kept(size) };
  }

  #pathOf(name: string, isFolder = false): string {
    this.#members += 1;
    if (this.#members > limits.members)
      throw new Rejection(`it holds more than ${limits.members} members`, false);
    if (!this.#commit) throw new Rejection(`its first member is ${quoteName(name)}`);
    return treePath(name, isFolder);
  }

  #add(path: string, entry: Leaf | TreeObject): void {
    if (!this.#tree.add(path, entry))
      throw new Rejection(`${quoteName(path)} appears twice, or outside of any folder`);
  }
}

function kept(size: number): Buffer[] {
  if (size <= mostKeptBytes) return [];
  throw new Rejection(`it holds a commit or attributes of ${size} bytes`, false);
}
