import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '..');

interface Import {
  file: string;
  target: string;
}

/** All imports of a folder's files; a relative target is given from the root. */
function importsOf(folder: string): Import[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return files.flatMap((name) => {
    const file = join(folder, name);
    const text = readFileSync(join(root, file), 'utf8');
    const targets = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
      (match) => match[1] as string,
    );
    return targets.map((target) => ({
      file,
      target: target.startsWith('.') ? relative(root, resolve(root, dirname(file), target)) : target,
    }));
  });
}

const offenders = (folder: string, wrong: (target: string, file: string) => boolean) =>
  importsOf(folder)
    .filter(({ target, file }) => wrong(target, file))
    .map(({ file, target }) => `${file} imports ${target}`);

const isSdk = (target: string) => /^@(aws-sdk|smithy)\//.test(target);
const isCdk = (target: string) => /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/.test(target);
const isAws = (target: string) => isSdk(target) || isCdk(target) || target.startsWith('lib/infra/');

it('sees imports at all', () => {
  expect(importsOf('lib/aws').some(({ target }) => isSdk(target))).toBe(true);
  expect(importsOf('lib/infra').some(({ target }) => isCdk(target))).toBe(true);
});

it('keeps release and rollout free of AWS', () => {
  expect(offenders('lib/release', (target) => isAws(target) || target.startsWith('lib/aws/'))).toEqual([]);
  expect(offenders('lib/rollout', isAws)).toEqual([]);
});

it('keeps the SDK in lib/aws', () => {
  expect(
    ['lib', 'lambda', 'bin'].flatMap((folder) =>
      offenders(folder, (target, file) => isSdk(target) && !file.startsWith('lib/aws/')),
    ),
  ).toEqual([]);
});

it('keeps the CDK in lib/infra', () => {
  const allowed = (file: string) => file.startsWith('lib/infra/') || file === 'bin/app.ts';
  expect(
    ['lib', 'lambda', 'bin'].flatMap((folder) =>
      offenders(folder, (target, file) => isCdk(target) && !allowed(file)),
    ),
  ).toEqual([]);
});

it('keeps lambda and agent away from infrastructure and rehearsal', () => {
  const wrong = (target: string) => isCdk(target) || /^lib\/(infra|rehearsal|cli)\//.test(target);
  expect(
    ['lambda', 'lib/agent', 'lib/rollout', 'lib/aws'].flatMap((folder) => offenders(folder, wrong)),
  ).toEqual([]);
});

it('keeps the pure domain at the bottom', () => {
  expect(
    offenders('lib/release', (target) => target.startsWith('lib/') && !target.startsWith('lib/release/')),
  ).toEqual([]);
  expect(
    offenders(
      'lib/config',
      (target) => target.startsWith('lib/') && !/^lib\/(config|release)\//.test(target),
    ),
  ).toEqual([]);
});
