import { unitsOf } from '../../../bench/machines/memory.ts';
import { parts, phaseTable } from '../../../bench/machines/phases.ts';

describe('a boot', () => {
  const moments = { systemd: 1_000_000, userData: 3_500_000, agent: 4_000_000, ready: 4_250_000 };

  it('is parts that follow each other', () => {
    expect(parts(moments)).toEqual({ 'systemd and cloud-init': 2.5, 'boot.sh': 0.5, agent: 0.25 });
  });

  it('is shown by the median of each part', () => {
    const boot = parts(moments);
    const { table } = phaseTable({ one: [boot, { ...boot, agent: 0.75 }] });
    expect(table.head).toEqual(['', 'one']);
    expect(table.rows.at(-1)).toEqual(['agent', '0.50']);
  });

  it.each([0, Number.NaN])('fails when a moment did not come: %s', (ready) => {
    expect(() => parts({ ...moments, ready })).toThrow('a boot without all its moments');
  });
});

it("adds up the memory of a unit's processes", () => {
  const units = unitsOf(
    'holdfast-leave.service 100\nholdfast-leave.service 20\nholdfast-refresh.service 1\n',
  );
  expect([...units]).toEqual([
    ['holdfast-leave.service', 120 * 1024],
    ['holdfast-refresh.service', 1024],
  ]);
  expect(unitsOf('').size).toBe(0);
});
