import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '..');

interface Import {
  file: string;
  target: string;
  /** Gone at run time. */
  isType: boolean;
}

/** All imports of a folder's files; a relative target is given from the root. */
function importsOf(folder: string): Import[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return files.flatMap((name) => {
    const file = join(folder, name);
    const text = readFileSync(join(root, file), 'utf8');
    const matches = [
      ...text.matchAll(/(?:^(?:import|export) (type )?[^;']*?from|import)\s*\(?\s*'([^']+)'/gm),
    ];
    return matches.map(([, type, target = '']) => ({
      file,
      target: target.startsWith('.') ? relative(root, resolve(root, dirname(file), target)) : target,
      isType: type !== undefined,
    }));
  });
}

const offenders = (folder: string, wrong: (target: string, file: string, isType: boolean) => boolean) =>
  importsOf(folder)
    .filter(({ target, file, isType }) => wrong(target, file, isType))
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
  expect(
    offenders('lib/rollout/decisions', (target) => isAws(target) || target.startsWith('lib/aws/')),
  ).toEqual([]);
});

it('keeps the SDK in lib/aws; the local AWS takes its types, and its wire the schemas', () => {
  const allowed = (file: string, isType: boolean) =>
    /^lib\/(aws|lambda|local-aws\/wire|simulation)\//.test(file) ||
    (isType && /^lib\/(local-aws|rehearsal)\//.test(file));
  expect(
    ['lib', 'lambda', 'bin'].flatMap((folder) =>
      offenders(folder, (target, file, isType) => isSdk(target) && !allowed(file, isType)),
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
  const wrong = (target: string) =>
    isCdk(target) || /^lib\/(infra|local-aws|simulation|rehearsal|cli)\//.test(target);
  expect(
    ['lambda', 'lib/agent', 'lib/rollout', 'lib/aws', 'lib/lambda', 'lib/git', 'lib/custom-resource'].flatMap(
      (folder) => offenders(folder, wrong),
    ),
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
