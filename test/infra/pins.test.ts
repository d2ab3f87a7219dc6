import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everything } from '../support/stack/everything.ts';
import { appOf, templatesOf } from '../support/stack/example.ts';
import { losses } from '../support/stack/losses.ts';
import { stateNames } from '../support/stack/outward-names.ts';
import { moves, type Pins, pinsOf } from '../support/stack/pins.ts';

const read = (name: string) => JSON.parse(readFileSync(join(__dirname, '../fixtures', name), 'utf8'));

/** Written down once: an environment that runs today has these. Only what is added to the stacks is added here. */
const pinned: Record<string, Pins> = read('pins.json');
const templates = templatesOf(appOf(everything));

describe('what production lives on', () => {
  test('stands in the stacks that are pinned', () => {
    expect(Object.keys(templates).toSorted()).toEqual(Object.keys(pinned));
  });

  test.each(Object.keys(pinned))('keeps its logical ids and names: %s', (stack) => {
    const template = templates[stack] ?? { Resources: {} };
    expect(moves(stack, pinned[stack] ?? {}, pinsOf(template))).toEqual([]);
  });

  test('has state machines whose states keep their names: an execution that is redriven goes on at one', () => {
    const rollout = templates['holdfast-test-rollout'] ?? { Resources: {} };
    expect(stateNames(rollout)).toEqual(read('states.json'));
  });

  test('is of types whose loss is written down', () => {
    const types = Object.values(templates).flatMap(({ Resources }) =>
      Object.values(Resources).map(({ Type }) => Type),
    );
    expect([...new Set(types)].filter((type) => !(type in losses))).toEqual([]);
  });
});

describe('a resource that moved', () => {
  const rules = { rules: 'Custom::HoldfastListenerRules' };

  test('is named with what its loss does', () => {
    expect(moves('web', rules, { rules1: 'Custom::HoldfastListenerRules' })).toEqual([
      'web: rules (Custom::HoldfastListenerRules) is not there; the next update sends a Delete for the service in the clean-up',
      'web: rules1 (Custom::HoldfastListenerRules) is not pinned; add it to test/fixtures/pins.json',
    ]);
  });

  test('is found by its name, too', () => {
    const log = { log: 'AWS::Logs::LogGroup /holdfast/test/web' };
    expect(moves('web', log, { log: 'AWS::Logs::LogGroup /holdfast/web' })).toEqual([
      'web: log (AWS::Logs::LogGroup /holdfast/test/web) is now AWS::Logs::LogGroup /holdfast/web; the next update deletes a log with everything in it',
    ]);
  });

  test('is not another version of a function', () => {
    const template = (digest: string) => ({
      Resources: {
        [`fnCurrentVersion0A1B2C3D${digest.repeat(32)}`]: { Type: 'AWS::Lambda::Version', Properties: {} },
      },
    });
    expect(pinsOf(template('a'))).toEqual(pinsOf(template('b')));
  });
});
