import { checkDefinition } from '../../../lib/local-aws/states-language/validate.ts';

const states = { a: { Type: 'Pass', Next: 'b' }, b: { Type: 'Succeed' } };
const check = (given: object) => checkDefinition('rollout', JSON.stringify({ StartAt: 'a', States: given }));

describe('a definition', () => {
  it('is taken as it should be', () => {
    expect(() => check(states)).not.toThrow();
  });

  it.each([
    ['a missing state', { a: states.a }, "Missing 'StartAt'|'Next'|'Default' target: b"],
    ['a missing start', { b: states.b }, 'target: a'],
    ['a state that nothing reaches', { ...states, c: { Type: 'Succeed' } }, 'c'],
    ['an unknown type', { ...states, b: { Type: 'Sleep' } }, 'must be'],
  ])('is refused with %s', (_, given, why) => {
    expect(() => check(given)).toThrow('state machine rollout: its definition is refused');
    expect(() => check(given)).toThrow(why);
  });
});
