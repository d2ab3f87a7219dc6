import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installProgram, isOnPath } from '../../../lib/agent/provision/install.ts';
import type { Job } from '../../../lib/agent/provision/job.ts';

/** A package manager that counts its calls, and puts a program onto the PATH for each package that it installs. */
const aptGet = (folder: string, lists: string) => `#!/bin/sh
echo "$*" >> ${folder}/calls
case "$*" in *" update") touch ${folder}/lists; exit 0;; esac
if [ ! -e ${folder}/${lists} ]; then echo "E: Unable to locate package" >&2; exit 100; fi
for each in "$@"; do case $each in *-tool.deb | tool) cp "${folder}/program" ${folder}/bin/tool;; esac; done
`;

describe('installing a program', () => {
  let folder: string;
  let job: Job;
  let server: Server;
  let path: string | undefined;
  const body = Buffer.from('a package');
  const sha256 = createHash('sha256').update(body).digest('hex');

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-install-'));
    mkdirSync(join(folder, 'bin'));
    script('program', '#!/bin/sh\n');
    script('bin/apt-get', aptGet(folder, 'calls'));
    job = { tree: folder, role: 'web', minionId: 'web-1', work: folder, log: '', seconds: 20, lock: 0 };
    server = createServer((request, response) => {
      if (request.url === '/tool.deb') response.end(body);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    path = process.env.PATH;
    process.env.PATH = `${folder}/bin:/usr/bin:/bin`;
  });
  afterEach(() => {
    process.env.PATH = path;
    server.close();
    rmSync(folder, { recursive: true });
  });

  function script(name: string, text: string): void {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  const url = (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
  const calls = () =>
    existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').split('\n') : [];

  it('takes packages of the distribution', async () => {
    await installProgram('tool', { packages: ['tool'] }, job);
    expect(isOnPath('tool')).toBe(true);
    expect(calls()[0]).toBe('-oDPkg::Lock::Timeout=300 --yes --quiet --no-install-recommends install tool');
  });

  it('fetches the package lists only when the image has none that will do', async () => {
    script('bin/apt-get', aptGet(folder, 'lists'));
    await installProgram('tool', { packages: ['tool'] }, job);
    expect(calls().map((call) => call.split(' ').at(-1))).toEqual(['tool', 'update', 'tool', '']);
  });

  it('waits while something else fetches the package lists', async () => {
    const held = `[ -e ${'$'}{0%bin/apt-get}held ] || { touch ${'$'}{0%bin/apt-get}held; echo "E: Unable to lock directory /var/lib/apt/lists/" >&2; exit 100; };`;
    script('bin/apt-get', aptGet(folder, 'lists').replace('*" update") ', `*" update") ${held} `));
    await installProgram('tool', { packages: ['tool'] }, job);
    expect(calls().map((call) => call.split(' ').at(-1))).toEqual(['tool', 'update', 'update', 'tool', '']);
  });

  it('takes a package from its url when it has its digest', async () => {
    await installProgram('tool', { urls: [{ url: url('tool.deb'), sha256 }] }, job);
    expect(isOnPath('tool')).toBe(true);
  });

  it('refuses a package with another digest, and installs nothing', async () => {
    const other = 'f'.repeat(64);
    const urls = [
      { url: url('tool.deb'), sha256 },
      { url: url('tool.deb'), sha256: other },
    ];
    await expect(installProgram('tool', { urls }, job)).rejects.toMatchObject({
      name: 'ProvisionFailed',
      message: `package ${url('tool.deb')}: found sha256 ${sha256}, expected ${other}; it was not installed`,
    });
    expect(calls()).toEqual([]);
  });

  it('fails when the url gives no package', async () => {
    const urls = [{ url: url('other.deb'), sha256 }];
    await expect(installProgram('tool', { urls }, job)).rejects.toThrow('could not be fetched (status 404)');
  });

  it('fails with what the package manager complained about', async () => {
    script('bin/apt-get', '#!/bin/sh\necho "E: held broken packages" >&2; exit 100\n');
    await expect(installProgram('tool', { packages: ['tool'] }, job)).rejects.toThrow(
      'tool could not be installed: E: held broken packages',
    );
  });

  it('fails when the packages hold no such program', async () => {
    await expect(installProgram('other', { packages: ['tool'] }, job)).rejects.toThrow(
      'the packages under provision.install hold no other',
    );
  });

  it('fails when the program is missing and nothing says where it comes from', async () => {
    await expect(installProgram('tool', undefined, job)).rejects.toThrow(
      'found no tool on this machine; bake it into the image, or say under provision.install where it comes from',
    );
  });
});
