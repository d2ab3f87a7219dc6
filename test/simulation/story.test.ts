import { Story } from '../../lib/simulation/story.ts';

test('each line carries the seconds since the beginning', () => {
  let now = 1_000_000;
  const story = new Story(() => now);
  story.tell('boots');
  now += 12_340;
  story.tell('serves');
  expect(story.toString()).toBe('    0.0  boots\n   12.3  serves');
});
