import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';

/** One file of a tree, by its path. */
export interface File {
  mode: '100644' | '100755' | '120000';
  body: string;
}

interface Entry {
  name: Buffer;
  mode: string;
  id: string;
}

/** Writes the objects of commits as git does, without a process for each. */
export class LooseObjects {
  readonly #folder: string;
  readonly #written = new Set<string>();

  /** `folder`: the objects of a repository. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes a tree with everything below it; its id. */
  tree(files: ReadonlyMap<string, File>): string {
    const here: Entry[] = [];
    const below = new Map<string, Map<string, File>>();
    for (const [path, file] of files) {
      const [name = '', ...rest] = path.split('/');
      if (rest.length > 0) below.set(name, (below.get(name) ?? new Map()).set(rest.join('/'), file));
      else here.push({ name: Buffer.from(name), mode: file.mode, id: this.write('blob', file.body) });
    }
    for (const [name, inner] of below)
      here.push({ name: Buffer.from(name), mode: '40000', id: this.tree(inner) });
    const entries = here.toSorted((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
    const parts = entries.map(({ mode, name, id }) => [`${mode} `, name, '\0', Buffer.from(id, 'hex')]);
    return this.write('tree', Buffer.concat(parts.flat().map((part) => Buffer.from(part))));
  }

  write(type: 'blob' | 'tree' | 'commit', body: string | Buffer): string {
    const bytes = Buffer.from(body);
    const object = Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]);
    const id = createHash('sha1').update(object).digest('hex');
    if (this.#written.has(id)) return id;
    const path = join(this.#folder, id.slice(0, 2), id.slice(2));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, deflateSync(object, { level: 1 }), { mode: 0o444 });
    this.#written.add(id);
    return id;
  }
}

/** Git sorts a folder as if its name ended in a slash. */
function sortKey({ name, mode }: Entry): Buffer {
  return mode === '40000' ? Buffer.concat([name, Buffer.from('/')]) : name;
}
