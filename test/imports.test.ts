import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { plan } from './support/rooms/plan.ts';

const root = resolve(__dirname, '..');

/** Most files that stand in one folder: more are a corridor. */
const mostFiles = 30;

interface Import {
  file: string;
  target: string;
  /** Gone at run time. */
  isType: boolean;
}

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

/** All imports of a file, of types too; a relative target is given from the root. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const matches = text.matchAll(/(?:^(?:import|export) (type )?[^;']*?from|import)\s*\(?\s*'([^']+)'/gm);
  return [...matches].map(([, type, target = '']) => ({
    file,
    target: target.startsWith('.') ? relative(root, resolve(root, dirname(file), target)) : target,
    isType: type !== undefined,
  }));
}

const files = ['bin', 'lambda', 'lib', 'scripts', 'bench'].flatMap(filesOf);
const imports = files.flatMap(importsOf);
const rooms = Object.keys(plan);

/** The innermost room that a file stands in. */
function roomOf(file: string): string {
  const found = rooms
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .toSorted((a, b) => b.length - a.length);
  return found[0] ?? `no room of the plan (${dirname(file)})`;
}

/** Arrows between rooms, each with one import that draws it. */
const arrows = new Map(
  imports
    .filter(({ target }) => files.includes(target) && roomOf(target) !== undefined)
    .map(({ file, target }) => ({ file, target, from: roomOf(file), to: roomOf(target) }))
    .filter(({ from, to }) => from !== to)
    .map((arrow) => [`${arrow.from} -> ${arrow.to}`, `${arrow.file} imports ${arrow.target}`]),
);

const offenders = (isWrong: (each: Import) => boolean) =>
  imports.filter(isWrong).map(({ file, target }) => `${file} imports ${target}`);

const isSdk = (target: string) => /^@(aws-sdk|smithy)\//.test(target);
const isCdk = (target: string) => /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/.test(target);

describe('the plan of the rooms', () => {
  it('has a place for every file', () => {
    expect(files.filter((file) => roomOf(file).startsWith('no room'))).toEqual([]);
    expect(files.length).toBeGreaterThan(500);
  });

  it('lists rooms from the ground up: none may import a room above it', () => {
    const upward = Object.entries(plan).flatMap(([room, mayImport], floor) =>
      mayImport
        .filter((other) => rooms.indexOf(other) < 0 || rooms.indexOf(other) >= floor)
        .map((other) => `${room} -> ${other}`),
    );
    expect(upward).toEqual([]);
  });

  it('allows every arrow that is there', () => {
    const allowed = Object.entries(plan).flatMap(([room, mayImport]) =>
      mayImport.map((other) => `${room} -> ${other}`),
    );
    const found = [...arrows].filter(([arrow]) => !allowed.includes(arrow));
    expect(Object.fromEntries(found)).toEqual({});
  });

  it('allows no arrow that nobody draws', () => {
    const allowed = Object.entries(plan).flatMap(([room, mayImport]) =>
      mayImport.map((other) => `${room} -> ${other}`),
    );
    expect(allowed.filter((arrow) => !arrows.has(arrow))).toEqual([]);
  });

  it('keeps folders small enough to be read', () => {
    const counts = Map.groupBy(files, dirname);
    const large = [...counts].filter(([, inside]) => inside.length > mostFiles).map(([folder]) => folder);
    expect(large).toEqual([]);
  });
});

it('has no circle of imports, types included', () => {
  expect(circles(new Map(files.map((file) => [file, targetsOf(file)])))).toEqual([]);
});

it('finds a circle where there is one', () => {
  const drawn = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', []],
  ]);
  expect(circles(drawn)).toEqual([['a', 'b', 'c']]);
});

function targetsOf(file: string): string[] {
  return imports
    .filter((each) => each.file === file && files.includes(each.target))
    .map(({ target }) => target);
}

/** Groups of files that reach each other. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const reachable = new Map([...graph.keys()].map((file) => [file, reachedFrom(graph, file)]));
  const inCircle = [...graph.keys()].filter((file) => reachable.get(file)?.has(file));
  const found = inCircle.map((file) =>
    inCircle.filter((other) => reachable.get(file)?.has(other) && reachable.get(other)?.has(file)).toSorted(),
  );
  return [...new Map(found.map((circle) => [circle.join(' '), circle])).values()];
}

function reachedFrom(graph: ReadonlyMap<string, readonly string[]>, file: string): Set<string> {
  const reached = new Set(graph.get(file));
  for (const each of reached) for (const next of graph.get(each) ?? []) reached.add(next);
  return reached;
}

describe('packages', () => {
  it('are seen at all', () => {
    expect(imports.some(({ file, target }) => file.startsWith('lib/aws/') && isSdk(target))).toBe(true);
    expect(imports.some(({ file, target }) => file.startsWith('lib/infra/') && isCdk(target))).toBe(true);
  });

  it('of the SDK stay with the adapters; the local AWS takes their types, and its wire the schemas', () => {
    const mayUse = /^(lib\/(aws|lambda|local-aws\/wire|simulation)\/|bench\/)/;
    const mayUseTypes = /^lib\/(local-aws|rehearsal)\//;
    expect(
      offenders(
        ({ file, target, isType }) =>
          isSdk(target) && !mayUse.test(file) && !(isType && mayUseTypes.test(file)),
      ),
    ).toEqual([]);
  });

  it('of the CDK stay in lib/infra and the app', () => {
    expect(
      offenders(({ file, target }) => isCdk(target) && !/^(lib\/infra\/|bin\/app\.ts$)/.test(file)),
    ).toEqual([]);
  });
});

it('keeps input and output out of decisions', () => {
  const allowed = ['node:crypto', 'zod'];
  expect(
    offenders(
      ({ file, target }) =>
        /^lib\/(release|rollout\/decisions)\//.test(file) &&
        (target.startsWith('node:') || builtinModules.includes(target) || !target.startsWith('lib/')) &&
        !allowed.includes(target),
    ),
  ).toEqual([]);
});

it('keeps waiting out of decisions', () => {
  const decisions = files.filter((file) => file.startsWith('lib/rollout/decisions/'));
  expect(decisions.length).toBeGreaterThan(10);
  const waiting = decisions.filter((file) =>
    /\b(async|await|Promise|setTimeout)\b/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(waiting).toEqual([]);
});
