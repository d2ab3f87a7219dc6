import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parameterNames, storeKeys } from '../../lib/config/resource-names.ts';
import type { Outcome } from '../../lib/simulation/hosts/outcome.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { putOverlay } from '../support/story/permissions.ts';
import { byCommit, deployed, quick, simulate } from '../support/story/simulate.ts';
import { versionFolder } from './version-folder.ts';

/** What a version writes and another one reads: kinds of objects and parameters. */
const folders = {
  journal: 'store/journals',
  record: 'parameters/records',
  report: 'store/reports',
  settings: 'parameters/settings',
} as const;
type Kind = keyof typeof folders;

/**
 * Keys that this version writes and 0.1.0 does not read. 0.1.0 refuses unknown keys, so each stands in
 * docs/upgrading.md with what to do before a way back.
 */
const added: Readonly<Record<Kind, readonly string[]>> = {
  journal: [],
  record: [],
  report: [],
  settings: [],
};

/** Parts whose keys are names: of repositories, of values. */
const named = ['release', 'repositories', 'values'];

/** Paths of the keys of a value; names become `*`. */
function keysOf(value: unknown, path: readonly string[] = []): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => keysOf(each, [...path, '*']));
  if (typeof value !== 'object' || value === null) return [path.join('.')];
  const isNamed = named.includes(path.at(-1) ?? '');
  return Object.entries(value).flatMap(([key, inside]) => keysOf(inside, [...path, isNamed ? '*' : key]));
}

/** Keys that 0.1.0 wrote itself, so it reads them. A journal holds a whole record. */
function known(kind: Kind): Set<string> {
  if (kind === 'journal')
    return new Set([...keysIn(kind), ...[...known('record')].map((key) => `commit.record.${key}`)]);
  return keysIn(kind);
}

function keysIn(kind: Kind): Set<string> {
  const folder = join(versionFolder, folders[kind]);
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  return new Set([...files.flatMap((text) => keysOf(JSON.parse(text))), ...added[kind]]);
}

/** Everything of a kind that the deployments below wrote, in all its versions. */
function written({ world, truth }: Simulation): Record<Kind, string[]> {
  const { environment, service, settings } = truth;
  const names = parameterNames(environment, service);
  const history = (Name: string) =>
    (world.ssm.getParameterHistory({ Name }).Parameters ?? []).map(({ Value }) => Value ?? '');
  const objects = (Prefix: string) => {
    const found = world.s3.listObjectVersions({ Bucket: settings.bucket, Prefix }).Versions ?? [];
    return found.map(({ Key = '', VersionId = '' }) =>
      Buffer.from(world.s3.getObject({ Bucket: settings.bucket, Key, VersionId }).Body).toString(),
    );
  };
  return {
    journal: objects(storeKeys.journal(service)),
    record: [names.deployed, names.blue, names.green].flatMap(history),
    report: objects(storeKeys.reports(service)),
    settings: history(names.settings),
  };
}

test('the version before knows every key that deployments of this one write', async () => {
  const outcomes = new Map<string, Outcome>();
  await simulate({ ...quick, ...byCommit(outcomes) }, async (simulation) => {
    const v1 = await deployed(simulation);
    putOverlay(simulation, simulation.push());
    await simulation.ending(simulation.deploy({ reason: 'a reason', by: 'ada' }));
    await simulation.ending(simulation.deploy({ commit: v1, ifRecord: 2 }));
    await simulation.ending(simulation.deploy({ version: 1, replace: true }));
    outcomes.set(simulation.push(), 'command fails');
    await simulation.ending(simulation.deploy());
    simulation.push();
    const stopped = simulation.deploy();
    await simulation.done(stopped, 'record');
    simulation.abort(stopped);
    await simulation.rest();
    for (const [kind, texts] of Object.entries(written(simulation)) as [Kind, string[]][]) {
      const knows = known(kind);
      const unknown = texts.flatMap((text) => keysOf(JSON.parse(text))).filter((key) => !knows.has(key));
      expect({ kind, written: texts.length > 0, unknown: [...new Set(unknown)] }).toEqual({
        kind,
        written: true,
        unknown: [],
      });
    }
  });
});
