import type { Settings } from '../../lib/config/settings.ts';
import { bootstrapped, launched, reportOf } from '../support/machine/launch.ts';
import { Stage } from '../support/machine/stage.ts';
import { daily } from '../support/suite/sample.ts';

const sometimes = daily(1 / 2);

jest.setTimeout(240_000);

describe('the metadata service of a machine', () => {
  let stage: Stage;
  afterEach(() => stage?.stop());

  const start = async (metadata?: Settings['metadata']) => {
    stage = await Stage.start({
      settings: ({ metadata: _, ...settings }) => ({ ...settings, ...(metadata ? { metadata } : {}) }),
    });
    const id = await launched(stage);
    await bootstrapped(stage, id);
    return id;
  };
  /** What a user gets from it: 401 is its answer without a token. */
  const ask = async (id: string, user: string, through = '') => {
    const curl = `curl --silent --max-time 3 --output /dev/null --write-out %{http_code} http://169.254.169.254/latest/meta-data/`;
    return (await stage.try(id, `setpriv --reuid=${user} --clear-groups ${through} ${curl}`)).stdout;
  };

  it('answers root alone, from before the release runs, also after a boot and when rules are loaded anew', async () => {
    const id = await start();
    expect(reportOf(stage, id)).toMatchObject({ result: 'ready' });
    expect(reportOf(stage, id)?.warnings).toBeUndefined();
    const expectGuarded = async () => {
      expect(await ask(id, 'root')).toBe('401');
      expect(await ask(id, 'nobody')).toBe('000');
    };
    await expectGuarded();
    // Other addresses of its range belong to time and name servers.
    const rules = await stage.run(id, 'nft list ruleset');
    expect(rules.match(/daddr \S+/g)).toEqual([
      'daddr 169.254.169.254',
      'daddr fd00:ec2::254',
      'daddr 169.254.169.254',
      'daddr fd00:ec2::254',
    ]);

    // A container with a network of its own. The kernel's settings are read-only where systemd-nspawn mounts them.
    await stage.run(
      id,
      `mkdir /run/kernel && mount -t proc proc /run/kernel && echo 1 > /run/kernel/sys/net/ipv4/ip_forward &&
       ip netns add box && ip link add in type veth peer name out netns box && ip address add 10.1.0.1/24 dev in &&
       ip link set in up && ip -n box address add 10.1.0.2/24 dev out && ip -n box link set out up &&
       ip -n box route add default via 10.1.0.1 && nft add table ip box &&
       nft add chain ip box out '{ type nat hook postrouting priority 100; }' && nft add rule ip box out masquerade`,
    );
    expect(await ask(id, 'root', 'ip netns exec box')).toBe('000');
    await stage.run(id, 'nft delete table inet holdfast_metadata');
    expect(await ask(id, 'root', 'ip netns exec box')).toBe('401');

    const said = await stage.run(id, 'journalctl -o cat -u holdfast-bootstrap');
    const stages = [...said.matchAll(/"event":"stage","name":"(\w+)"/g)].map(([, name]) => name);
    expect(stages).toEqual(['identity', 'settings', 'metadata', 'values', 'deploy', 'watch']);
    await stage.run(id, 'systemctl restart nftables');
    await expectGuarded();
    await stage.run(id, 'nft flush ruleset && systemctl start holdfast-bootstrap');
    await expectGuarded();

    const before = reportOf(stage, id)?.at;
    await stage.hosts.machine(id).reboot();
    const isNew = () => reportOf(stage, id)?.at !== before || undefined;
    await stage.waitFor('the report of the second boot', isNew, { show: [id] });
    await expectGuarded();
    // The rules were there before the bootstrap: it loads them again, which ends the unit first.
    const unit = await stage.run(id, 'journalctl --boot -o cat -u holdfast-metadata');
    expect(unit.split('\n')[0]).toBe('holdfast-metadata.service: Deactivated successfully.');
  });

  sometimes('answers users who are named, and everybody where the service uses its role', async () => {
    const id = await start({ users: ['www-data', 'later'] });
    expect(await ask(id, 'www-data')).toBe('401');
    expect(await ask(id, 'nobody')).toBe('000');
    await stage.stop();
    const other = await start('service');
    expect(await ask(other, 'nobody')).toBe('401');
  });

  sometimes('keeps an instance out of service that cannot guard it', async () => {
    stage = await Stage.start();
    const broken =
      'printf "#!/bin/sh\\necho no rights >&2; exit 1\\n" > /usr/local/sbin/nft; chmod 755 /usr/local/sbin/nft';
    const id = await launched(stage, { userData: (text) => text.replace('\n', `\n${broken}\n`) });
    expect(reportOf(stage, id)).toMatchObject({
      result: 'failed',
      error: {
        name: 'BootstrapFailed',
        message: expect.stringContaining(
          'the metadata service could not be kept for root: nft ended with 1: no rights',
        ),
      },
    });
    expect((await stage.try(id, 'test -e /srv/holdfast/site')).code).not.toBe(0);
  });

  sometimes(
    'is kept from units where the image has no nftables, and the report says what stayed open',
    async () => {
      stage = await Stage.start();
      const id = await launched(stage, {
        userData: (text) =>
          text.replace('\n', '\nmount --bind /dev/null /usr/sbin/nft; rm -f /sbin/nft 2> /dev/null; true\n'),
      });
      const { result, error, warnings } = reportOf(stage, id) ?? {};
      // Where the kernel gives systemd no such filter, the instance is not ready.
      if (result === 'failed')
        expect(error?.message).toContain('systemd keeps no unit from the metadata service');
      else expect(warnings?.join()).toContain('login sessions');
    },
  );
});
