import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { otherSteps, rolloutSteps, settleSteps } from '../../lib/rollout/contract.ts';

const read = (name: string) => readFileSync(join(__dirname, '../..', name), 'utf8');
const workflow = read('docs/workflow.md');

it('docs/workflow.md has a row for every step, in order', () => {
  const rows = [...workflow.matchAll(/^\| ([a-z-]+) \|/gm)].map(([, step = '']) => step);
  const steps: readonly string[] = [...rolloutSteps, ...settleSteps];
  expect(rows.filter((row) => steps.includes(row))).toEqual(steps);
});

it.each([...rolloutSteps, ...settleSteps, ...otherSteps])('docs/workflow.md speaks of %s', (step) => {
  expect(workflow).toMatch(new RegExp(`(^|[^a-z-])${step}([^a-z-]|$)`, 'm'));
});

it.each(rolloutSteps)('the picture of the README shows %s', (step) => {
  const [, picture = ''] = read('README.md').split('```');
  expect(picture).toMatch(new RegExp(`(^|[^a-z-])${step}([^a-z-]|$)`, 'm'));
});
