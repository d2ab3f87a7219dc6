import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refreshUnits } from '../../../lib/agent/systemd/refresh-units.ts';
import { watchUnits } from '../../../lib/agent/systemd/watch-units.ts';
import { describeWith } from '../../support/suite/programs.ts';

const lock = '/srv/holdfast/.holdfast/lock';
const watches = [
  { paths: ['/etc/site', '/etc/100%.conf'], unit: 'site.service', action: 'restart' },
  { paths: ['/etc/proxy.conf'], unit: 'proxy@a\\x2db.service', action: 'reload' },
] as const;
const units = watchUnits(
  watches.map((watch) => ({ ...watch, paths: [...watch.paths] })),
  lock,
);
const refresh = (everySeconds?: number) =>
  refreshUnits({
    home: '/',
    settings: '/etc/holdfast/agent.json',
    seconds: 3300,
    refresh: everySeconds === undefined ? undefined : { everySeconds },
  });

const linesOf = (name: string) => (units[name] ?? '').split('\n');

describe('the units of a watch', () => {
  it('are four for each: one pair sees a change, one restarts', () => {
    expect(Object.keys(units)).toEqual(
      [1, 2].flatMap((number) => [
        `holdfast-watch-${number}.path`,
        `holdfast-watch-${number}.service`,
        `holdfast-restart-${number}.path`,
        `holdfast-restart-${number}.service`,
      ]),
    );
  });

  it('watch every path, with "%" as it is', () => {
    expect(linesOf('holdfast-watch-1.path')).toEqual(
      expect.arrayContaining(['PathChanged=/etc/site', 'PathChanged=/etc/100%%.conf']),
    );
  });

  it('restart after changes have settled and the agent is done, and look whether the service came back', () => {
    expect(linesOf('holdfast-restart-1.service').filter((line) => line.startsWith('Exec'))).toEqual([
      'ExecStartPre=sleep 2',
      `ExecStartPre=-flock --shared --timeout 1800 "${lock}" true`,
      'ExecStartPre=rm -f /run/holdfast/changed-1',
      expect.stringMatching(
        /^ExecStart=sh -c "count.* systemctl restart -- .* is-active .*" "site\.service"$/,
      ),
    ]);
  });

  it('reload where that is enough, and escape the name of the unit', () => {
    expect(units['holdfast-restart-2.service']).toMatch(
      /^ExecStart=sh -c ".*systemctl reload-or-restart .*" "proxy@a\\\\x2db\.service"$/m,
    );
  });

  it('have a refresh report a service that does not come back', () => {
    expect(linesOf('holdfast-restart-1.service')).toContain('OnFailure=holdfast-refresh.service');
  });
});

describe('the units of a refresh', () => {
  it('spread machines over a fifth of the time between two refreshes', () => {
    expect(refresh(300)['holdfast-refresh.timer']).toContain(
      'OnActiveSec=300\nOnUnitInactiveSec=300\nRandomizedDelaySec=60\nAccuracySec=1\n',
    );
  });

  it('have no timer when nothing is to be looked for', () => {
    expect(Object.keys(refresh())).toEqual(['holdfast-refresh.service']);
  });
});

describeWith('systemd-analyze', 'systemd', () => {
  it('understands every line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-units-'));
    const all = { ...units, ...refresh(300) };
    const services = ['[Service]\nExecStart=true\n', 'site.service', 'proxy@a\\x2db.service'];
    try {
      for (const name of services.slice(1)) writeFileSync(join(folder, name), services[0] ?? '');
      for (const [name, text] of Object.entries(all))
        writeFileSync(join(folder, name), text.replaceAll('/opt/holdfast/node', process.execPath));
      const files = Object.keys(all).map((name) => join(folder, name));
      const verified = spawnSync('systemd-analyze', ['verify', '--man=no', ...files], { encoding: 'utf8' });
      const said = verified.stderr.split('\n').filter((line) => line.includes('holdfast'));
      expect({ status: verified.status, said }).toEqual({ status: 0, said: [] });
      expect(execFileSync('systemd-analyze', ['--version']).toString()).toContain('systemd');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
