import { isStillUntouched } from '../../../lib/agent/releases/reusable-release.ts';

describe('a look at an old release', () => {
  const kept = { id: '4-a', note: { entry: { branch: 'main', commit: 'a'.repeat(40) }, submodules: false } };

  it('counts for that release, and not for long', () => {
    const now = performance.now();
    expect(isStillUntouched({ id: '4-a', at: now }, kept)).toBe(true);
    expect(isStillUntouched({ id: '4-a', at: now - 5_000 }, kept)).toBe(false);
    expect(isStillUntouched({ id: '3-a', at: now }, kept)).toBe(false);
    expect(isStillUntouched(undefined, kept)).toBe(false);
  });
});
