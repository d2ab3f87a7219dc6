import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { bootstrapUnit, enable, enableBootstrap } from '../../../lib/agent/boot/enable.ts';

describe('enable', () => {
  let home: string;
  let init: string;
  const path = process.env.PATH;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'holdfast-enable-'));
    init = join(home, 'init.json');
    const told = { environment: 'prod', service: 'web', bucket: 'b', agent: 'a'.repeat(64) };
    writeFileSync(init, JSON.stringify(told));
    process.env.PATH = `${home}${delimiter}${path}`;
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(home, { recursive: true });
  });

  const systemctl = (text: string) => {
    mkdirSync(join(home, 'run/systemd/system'), { recursive: true });
    writeFileSync(join(home, 'systemctl'), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  };

  const told = () => readFileSync(join(home, 'told'), 'utf8').trim().split('\n');

  it('writes the unit, has every boot run it, and starts it without waiting', async () => {
    systemctl(`echo "$@" >> ${home}/told`);
    await enable(init, home);
    const unit = readFileSync(join(home, 'etc/systemd/system/holdfast-bootstrap.service'), 'utf8');
    expect(unit).toBe(bootstrapUnit(init, home));
    expect(told()).toEqual([
      'enable --quiet holdfast-bootstrap.service',
      'start --no-block holdfast-bootstrap.service',
    ]);
  });

  it('only starts a unit that an image brought along', async () => {
    const link = join(home, 'etc/systemd/system/multi-user.target.wants');
    systemctl(`echo "$@" >> ${home}/told; mkdir -p ${link}; ln -sf ../holdfast-bootstrap.service ${link}/`);
    await enableBootstrap(init, home);
    await enable(init, home);
    expect(told().map((line) => line.split(' ')[0])).toEqual(['enable', 'start']);
    writeFileSync(join(home, 'etc/systemd/system/holdfast-bootstrap.service'), '[Unit]\n');
    await enable(init, home);
    expect(told().map((line) => line.split(' ')[0])).toEqual(['enable', 'start', 'enable', 'start']);
  });

  it('fails with what systemd says', async () => {
    systemctl('echo "Failed to start: no" >&2; exit 1');
    await expect(enable(init, home)).rejects.toThrow(
      'systemctl enable --quiet holdfast-bootstrap.service ended with 1: Failed to start: no',
    );
  });

  it('fails without systemd: who called it has another way', async () => {
    await expect(enable(init, home)).rejects.toThrow('found no systemd');
  });

  it('refuses init information that cannot be read, before the boots of the future depend on it', async () => {
    systemctl('exit 0');
    writeFileSync(init, '{}');
    await expect(enable(init, home)).rejects.toThrow(`init information ${init}`);
  });
});

describe('the unit', () => {
  const lines = bootstrapUnit('/opt/holdfast/init.json', '/').split('\n');

  it('starts the agent again when it was killed, not when it failed: then it has reported', () => {
    expect(lines).toContain('Restart=on-abnormal');
  });

  it('leaves alone what the start command left behind', () => {
    expect(lines).toContain('KillMode=process');
  });

  it('has the Node of the agent at the end of the path', () => {
    expect(lines.find((line) => line.startsWith('Environment=PATH='))).toMatch(/:\/bin:\/opt\/holdfast$/);
  });

  it('does nothing on an image that was baked: there is no init information yet', () => {
    expect(lines).toContain('ConditionPathExists=/opt/holdfast/init.json');
  });

  it('tells journal and console', () => {
    expect(lines).toContain('StandardOutput=journal+console');
    expect(lines).toContain('StandardError=journal+console');
  });
});
