import { dollars, transitionsOf } from '../../../bench/virtual/transitions.ts';

it('counts transitions, and those of waiting apart', () => {
  const entered = new Map([
    ['prepare', 1],
    ['check-health', 3],
    ['check-health?', 3],
    ['wait after check-health', 2],
  ]);
  expect(transitionsOf(entered)).toEqual({ all: 9, loops: 6 });
});

it('says what they cost', () => {
  expect(dollars({ all: 40, loops: 10 })).toBe('$0.0010');
});
