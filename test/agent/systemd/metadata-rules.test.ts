import { denyingUnits, metadataRules, noRules } from '../../../lib/agent/systemd/metadata-rules.ts';

describe('the rules of the metadata service', () => {
  it('name its two addresses and nothing beside them, and end in a refusal', () => {
    const rules = metadataRules([0, 1001]);
    expect(rules.match(/daddr \S+ \w+/g)).toEqual([
      'daddr 169.254.169.254 jump',
      'daddr fd00:ec2::254 jump',
      'daddr 169.254.169.254 drop',
      'daddr fd00:ec2::254 drop',
    ]);
    expect(rules).toContain('    meta skuid { 0, 1001 } accept\n    reject\n  }\n');
  });

  it('begin with the removal of their own table, so that they may be loaded again', () => {
    expect(metadataRules([0]).startsWith(noRules)).toBe(true);
    expect(noRules).toBe('table inet holdfast_metadata\ndelete table inet holdfast_metadata\n');
  });

  it('are drop-ins without nftables, from which units of root are exempt by the same name', () => {
    const units = denyingUnits();
    expect(units['service.d/holdfast-metadata.conf']).toBe(
      '[Service]\nIPAddressDeny=169.254.169.254 fd00:ec2::254\n',
    );
    for (const name of ['holdfast-', 'cloud-', 'amazon-'])
      expect(units[`${name}.service.d/holdfast-metadata.conf`]).toBe('[Service]\nIPAddressDeny=\n');
  });
});
