import { Addresses, loopbackNetwork } from '../../../lib/rehearsal/hosts/addresses.ts';

describe('loopback addresses', () => {
  it('are the same for one instance and differ between instances and rehearsals', () => {
    const [ours, theirs] = [new Addresses(loopbackNetwork(1000)), new Addresses(loopbackNetwork(1001))];
    expect(ours.of('i-1')).toBe(ours.of('i-1'));
    expect(ours.of('i-1')).not.toBe(ours.of('i-2'));
    expect(ours.of('i-1')).not.toBe(theirs.of('i-1'));
    expect(ours.of('i-1')).toMatch(/^127\.\d+\.\d+\.\d+$/);
  });

  it('come back when released, but not at once', () => {
    const addresses = new Addresses(loopbackNetwork(1));
    const first = addresses.of('i-1');
    addresses.release('i-1');
    expect(addresses.of('i-2')).not.toBe(first);
    const later = Array.from({ length: 249 }, (_, index) => addresses.of(`i-x${index}`));
    expect(later).toContain(first);
  });

  it('end', () => {
    const addresses = new Addresses(loopbackNetwork(1));
    for (let index = 0; index < 250; index += 1) addresses.of(`i-${index}`);
    expect(() => addresses.of('i-more')).toThrow('all 250 addresses');
  });
});
