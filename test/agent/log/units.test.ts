import { logUnits } from '../../../lib/agent/log/units.ts';

describe('the units that ship the log', () => {
  const units = logUnits({ home: '/', settings: '/etc/holdfast/agent.json', log: { everySeconds: 60 } });

  it('run the agent now and then, not all machines at once', () => {
    expect(units['holdfast-log.timer']?.split('\n')).toEqual(
      expect.arrayContaining(['OnActiveSec=60', 'OnUnitInactiveSec=60', 'RandomizedDelaySec=12']),
    );
    expect(units['holdfast-log.service']).toContain(
      'ExecStart=/opt/holdfast/node /opt/holdfast/holdfast-agent ship-log --settings "/etc/holdfast/agent.json"',
    );
  });

  it('run it once more when the machine stops, while there is a network', () => {
    expect(units['holdfast-log-end.service']?.split('\n')).toEqual(
      expect.arrayContaining([
        'After=network-online.target',
        'RemainAfterExit=yes',
        expect.stringMatching(/^ExecStop=.* ship-log /),
      ]),
    );
  });

  it('put only what went wrong into the log that they ship', () => {
    for (const name of ['holdfast-log.service', 'holdfast-log-end.service']) {
      expect(units[name]?.split('\n')).toEqual(
        expect.arrayContaining(['SyslogLevel=warning', 'LogLevelMax=notice']),
      );
    }
  });
});
