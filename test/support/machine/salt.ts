import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Provision } from '../../../lib/config/provision.ts';
import { gateway } from '../../../lib/rehearsal/hosts/machine/network.ts';

const salt = { tool: 'salt', states: '.', pillar: 'pillar', timeoutSeconds: 120 } as const;
const standIn = join(__dirname, '../agent/salt');

/** A package host that machines reach: Salt's packages of HOLDFAST_SALT, else one package with the stand-in. */
export class SaltPackages {
  readonly #server: Server;
  readonly #folder: string;
  readonly #packages: string[];

  private constructor(server: Server, folder: string, packages: string[]) {
    this.#server = server;
    this.#folder = folder;
    this.#packages = packages;
  }

  static async serve(): Promise<SaltPackages> {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-salt-'));
    const named = process.env.HOLDFAST_SALT;
    const found = named ? readdirSync(named).filter((name) => name.endsWith('.deb')) : [];
    const packages = named && found.length > 0 ? found.map((name) => join(named, name)) : [pack(folder)];
    const server = createServer((request, response) => {
      // apt-get asks for what lies in `./`.
      const asked = request.url?.replace(/^\/(\.\/)?/, '');
      const file = packages.find((each) => asked === basename(each));
      if (file) response.end(readFileSync(file));
      else if (asked === 'Packages') response.end(packages.map(indexEntry).join('\n'));
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, gateway, resolve));
    return new SaltPackages(server, folder, packages);
  }

  /** How a service's settings say that Salt comes from here. */
  get provision(): Provision {
    const urls = this.#packages.map((file) => ({
      url: `${this.#url}/${basename(file)}`,
      sha256: digestOf(file),
    }));
    return { ...salt, install: { urls } };
  }

  /** The same by the distribution's package manager, on a machine that has `sourcesList`. */
  get packageProvision(): Provision {
    return { ...salt, install: { packages: this.#packages.map((file) => field(file, 'Package')) } };
  }

  /** Text of `/etc/apt/sources.list` with this host alone. */
  get sourcesList(): string {
    return `deb [trusted=yes] ${this.#url} ./`;
  }

  get #url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://${gateway}:${port}`;
  }

  close(): void {
    this.#server.close();
    rmSync(this.#folder, { recursive: true });
  }
}

/** What an index of packages says of one. */
function indexEntry(file: string): string {
  const more = [`Filename: ${basename(file)}`, `Size: ${statSync(file).size}`, `SHA256: ${digestOf(file)}`];
  return `${field(file)}\n${more.join('\n')}\n`;
}

/** A field of a package's control file; without a name the whole file. */
function field(file: string, name?: string): string {
  const names = name === undefined ? [] : [name];
  return execFileSync('dpkg-deb', ['--field', file, ...names], { encoding: 'utf8' }).trim();
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function pack(folder: string): string {
  const tree = join(folder, 'tree');
  mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
  mkdirSync(join(tree, 'usr/bin'), { recursive: true });
  cpSync(standIn, join(tree, 'usr/bin'), {
    recursive: true,
    filter: (name) => !name.includes('__pycache__'),
  });
  const control = ['Package: salt-call', 'Version: 1', 'Architecture: all', 'Depends: python3, python3-yaml'];
  const rest = ['Maintainer: tests <tests@example.com>', 'Description: stand-in for salt-call'];
  writeFileSync(join(tree, 'DEBIAN/control'), `${[...control, ...rest].join('\n')}\n`);
  const file = join(folder, 'salt-call_1_all.deb');
  execFileSync('dpkg-deb', ['--root-owner-group', '--build', tree, file], { stdio: 'pipe' });
  return file;
}
