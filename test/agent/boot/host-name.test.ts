import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { nameHost } from '../../../lib/agent/boot/host-name.ts';
import { Events } from '../../../lib/agent/host/events.ts';

describe('naming the host', () => {
  let home: string;
  let told: string[];
  const path = process.env.PATH;
  const events = new Events((line) => told.push(line));
  const text = (file: string) => readFileSync(join(home, file), 'utf8');
  const hostname = (line: string) =>
    writeFileSync(join(home, 'hostname'), `#!/bin/sh\n${line}\n`, { mode: 0o755 });

  beforeEach(() => {
    told = [];
    home = mkdtempSync(join(tmpdir(), 'holdfast-name-'));
    process.env.PATH = `${home}${delimiter}${path}`;
    hostname(`echo "$@" >> ${home}/named`);
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(home, { recursive: true });
  });

  it('names it now and for the next boot, and keeps cloud-init from naming it again', async () => {
    await nameHost(home, 'web-i-1', events);
    expect(text('named')).toBe('web-i-1\n');
    expect(text('etc/hostname')).toBe('web-i-1\n');
    expect(text('etc/cloud/cloud.cfg.d/95-holdfast.cfg')).toBe('preserve_hostname: true\n');
  });

  it('lets the name be resolved, beside what the hosts file knew', async () => {
    mkdirSync(join(home, 'etc'));
    writeFileSync(join(home, 'etc/hosts'), '127.0.0.1 localhost\n10.0.0.9 queue\n');
    await nameHost(home, 'web-i-1', events);
    await nameHost(home, 'web-i-2', events);
    expect(text('etc/hosts')).toBe('127.0.0.1 localhost\n10.0.0.9 queue\n127.0.1.1 web-i-2 # holdfast\n');
  });

  it('does nothing at the next boot', async () => {
    await nameHost(home, 'web-i-1', events);
    await nameHost(home, 'web-i-1', events);
    expect(text('named')).toBe('web-i-1\n');
  });

  it('warns when the name is for the next boot only', async () => {
    hostname('echo "hostname: you must be root to change the host name" >&2; exit 1');
    await nameHost(home, 'web-i-1', events);
    expect(told.join()).toContain('you must be root');
  });
});
