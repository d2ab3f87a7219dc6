import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { MetadataAccess } from '../../config/metadata-access.ts';
import { HoldfastError } from '../../release/errors.ts';
import type { Events } from '../host/events.ts';
import { firstLine, type RunResult, run } from '../host/run.ts';
import { writeSystemFile } from '../host/system-file.ts';
import { denyingUnits, metadataRules, noRules, rulesUnit } from './metadata-rules.ts';
import { enableUnit, hasSystemd, systemctl } from './systemd.ts';

const rulesFile = 'etc/holdfast/metadata.nft';
const unit = 'holdfast-metadata.service';
const unitFolder = 'etc/systemd/system';
const port = '/dev/tcp/169.254.169.254/80';

/**
 * Sees to it that only root and the named users can ask the metadata service, which gives the credentials of the
 * instance's role. Throws BootstrapFailed where that cannot be had. Instances that are groups of processes share a
 * network with others, so nothing is done there.
 */
export async function guardMetadata(
  access: MetadataAccess | undefined,
  home: string,
  events: Events,
): Promise<void> {
  if (home !== '/') return;
  const hasTables = (await nft('--version')).code !== 127;
  if (access === 'service') return await open(hasTables);
  const users = typeof access === 'object' ? access.users : [];
  if (hasTables) return await guardByTable(users, events);
  await guardByUnits(users, events);
}

/** Users whom the configuration makes are let in once they are there. */
async function guardByTable(users: readonly string[], events: Events): Promise<void> {
  const found = await Promise.all(users.map(async (name) => ({ name, uid: await uidOf(name) })));
  const missing = found.filter(({ uid }) => uid === undefined).map(({ name }) => name);
  const uids = [0, ...found.map(({ uid }) => uid).filter((uid) => uid !== undefined)];
  await removeDropIns();
  writeSystemFile('/', rulesFile, metadataRules(uids));
  await load('--file', join('/', rulesFile));
  if (hasSystemd('/')) {
    await enableUnit('/', unit, rulesUnit(join('/', rulesFile)));
    await systemctl('restart', unit);
  }
  events.tell('metadata', {
    by: 'nftables',
    users: ['root', ...users],
    ...(missing.length > 0 ? { missing } : {}),
  });
}

async function uidOf(name: string): Promise<number | undefined> {
  const { code, stdout } = await run('id', ['-u', name], { env: process.env, seconds: 10 });
  return code === 0 ? Number(stdout) : undefined;
}

/** Units are all that systemd can keep out, and it tries nothing by itself: so a unit tries to connect. */
async function guardByUnits(users: readonly string[], events: Events): Promise<void> {
  if (users.length > 0 || !hasSystemd('/')) throw notGuarded('found no nftables');
  for (const [name, text] of Object.entries(denyingUnits()))
    writeSystemFile('/', join(unitFolder, name), text);
  await systemctl('daemon-reload');
  const words = ['--quiet', '--wait', '--collect', 'timeout', '5', 'bash', '-c', `exec 3<> ${port}`];
  const tried = await run('systemd-run', words, { env: process.env, seconds: 30 });
  if (tried.code === 0 || tried.code === 127)
    throw notGuarded('found no nftables, and systemd keeps no unit from the metadata service');
  events.tell('metadata', { by: 'systemd', users: ['root'] });
  events.warn(
    'found no nftables: systemd keeps units from the metadata service, and login sessions, scopes and containers still reach it; install nftables on the image',
  );
}

async function open(hasTables: boolean): Promise<void> {
  await removeDropIns();
  if (!existsSync(join('/', rulesFile))) return;
  // Its unit loads the file at each boot.
  writeSystemFile('/', rulesFile, noRules);
  if (hasTables) await load('--file', join('/', rulesFile));
}

/** Of an earlier boot, without or with nftables. */
async function removeDropIns(): Promise<void> {
  const files = Object.keys(denyingUnits()).map((name) => join('/', unitFolder, name));
  const present = files.filter((file) => existsSync(file));
  for (const file of present) rmSync(file);
  if (present.length > 0) await systemctl('daemon-reload');
}

const nft = (...words: string[]): Promise<RunResult> => run('nft', words, { env: process.env, seconds: 30 });

async function load(...words: string[]): Promise<void> {
  const { code, stderr } = await nft(...words);
  if (code !== 0) throw notGuarded(`nft ended with ${code}: ${firstLine(stderr)}`);
}

function notGuarded(problem: string): HoldfastError {
  return new HoldfastError(
    'BootstrapFailed',
    `the metadata service could not be kept for root: ${problem}; install nftables on the image, or set metadata: 'service'`,
  );
}
