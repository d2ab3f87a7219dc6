import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { forgetIdentity } from '../../../lib/agent/image/forget-identity.ts';

describe('forgetting who a machine is', () => {
  let home: string;
  const at = (path: string) => join(home, path);
  const put = (path: string, text = 'told') => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  };

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'holdfast-forget-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const traces = [
    'etc/ssh/ssh_host_ed25519_key',
    'etc/ssh/ssh_host_ed25519_key.pub',
    'etc/hostname',
    'etc/cloud/cloud.cfg.d/95-holdfast.cfg',
    'etc/salt/minion.d/holdfast.conf',
    'etc/salt/minion_id',
    'etc/salt/pki/minion/minion.pem',
    'etc/ansible/facts.d/holdfast.fact',
    'etc/holdfast/agent.json',
    'etc/holdfast/values.env',
    'etc/systemd/system/holdfast-bootstrap.service',
    'etc/systemd/system/multi-user.target.wants/holdfast-bootstrap.service',
    'opt/holdfast/init.json',
    'root/.ssh/authorized_keys',
    'home/admin/.ssh/authorized_keys',
    'root/.bash_history',
    'root/.aws/credentials',
    'srv/holdfast/.holdfast/running.json',
    'srv/holdfast/.holdfast/start.log',
    'var/lib/cloud/instance/user-data.txt',
    'var/lib/cloud/instances/i-1/sem/config_scripts_user',
    'var/lib/dbus/machine-id',
    'var/lib/dhcp/dhclient.eth0.leases',
    'var/lib/systemd/random-seed',
    'var/log/journal/0123/system.journal',
  ];

  test.each(traces)('%s goes', (path) => {
    put(path);
    forgetIdentity(home, at('srv/holdfast'));
    expect(existsSync(at(path))).toBe(false);
  });

  const kept = [
    'opt/holdfast/holdfast-agent',
    'opt/holdfast/node',
    'etc/ssh/sshd_config',
    'etc/salt/minion.d/site.conf',
    'etc/systemd/system/site.service',
    'srv/holdfast/site/releases/1-abc/index.html',
    'srv/holdfast/.holdfast/provisioned.json',
    'var/lib/cloud/seed/nocloud/meta-data',
  ];

  test.each(kept)('%s stays', (path) => {
    put(path);
    forgetIdentity(home, at('srv/holdfast'));
    expect(readFileSync(at(path), 'utf8')).toBe('told');
  });

  it('empties the log files and the machine id: both have to be there', () => {
    put('var/log/nginx/access.log');
    put('etc/machine-id', '0123456789abcdef0123456789abcdef\n');
    forgetIdentity(home, at('srv/holdfast'));
    expect(readFileSync(at('var/log/nginx/access.log'), 'utf8')).toBe('');
    expect(readFileSync(at('etc/machine-id'), 'utf8')).toBe('');
  });

  it('leaves the other lines of the hosts file', () => {
    put('etc/hosts', '127.0.0.1 localhost\n127.0.1.1 web-i-1 # holdfast\n');
    forgetIdentity(home, at('srv/holdfast'));
    expect(readFileSync(at('etc/hosts'), 'utf8')).toBe('127.0.0.1 localhost\n');
  });
});
