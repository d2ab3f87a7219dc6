/**
 * Writes package-lock.json anew, complete for every platform. `npm run lock`.
 * npm leaves out of a lockfile the optional packages of platforms that it could not look up, and then `npm ci` refuses it.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Package {
  version?: string;
  dev?: boolean;
  devOptional?: boolean;
  optional?: boolean;
  cpu?: string[];
  os?: string[];
  optionalDependencies?: Record<string, string>;
}

const root = join(import.meta.dirname, '..');
const file = join(root, 'package-lock.json');
const cpus = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64'];
const systems = ['darwin', 'win32', 'linux', 'android', 'freebsd', 'openharmony'];

const { status } = spawnSync('npm', ['install', '--package-lock-only'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Package> };
for (const parent of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    lock.packages[`node_modules/${name}`] ??= platformPackage(name, version, parent);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`);

/** The entry of a package that one platform alone needs; its name tells which. */
function platformPackage(name: string, version: string, { dev, devOptional }: Package): Package {
  const words = name.split(/[-/]/);
  const cpu = cpus.find((each) => words.includes(each));
  const os = systems.find((each) => words.includes(each));
  if (!cpu || !os || !/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error(
      `${name}@${version}: not the name of a platform's package; add it to the lockfile by hand`,
    );
  }
  return {
    version,
    cpu: [cpu],
    ...(dev && { dev }),
    ...(devOptional && { devOptional }),
    optional: true,
    os: [os],
  };
}
