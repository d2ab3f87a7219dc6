import * as z from 'zod';
import { machineKeys, machineProblems } from '../../lib/config/instance-keys.ts';
import { check } from '../../lib/release/validate.ts';

const schema = z.strictObject(machineKeys);
const checked = (value: unknown) => check(schema, value, 'service');
const checking = (value: unknown) => () => checked(value);
const sha256 = 'a'.repeat(64);

it('fills in how Salt, Ansible and commands are run', () => {
  expect(checked({ provision: { tool: 'salt' } }).provision).toEqual({
    tool: 'salt',
    states: '.',
    pillar: 'pillar',
    timeoutSeconds: 1200,
  });
  expect(checked({ provision: { tool: 'ansible' } }).provision).toMatchObject({ playbook: 'site.yml' });
  expect(checked({ provision: { tool: 'commands', apply: './apply' } }).provision).toMatchObject({
    apply: './apply',
  });
});

it('takes a tool from the distribution or from urls with digests', () => {
  const urls = [{ url: 'https://packages.example.com/salt-minion_3007.1_arm64.deb', sha256 }];
  for (const install of [{ packages: ['ansible-core', 'salt-minion=3007.1'] }, { urls }])
    expect(checked({ provision: { tool: 'salt', install } }).provision).toMatchObject({ install });
});

it.each([undefined, 'root', 'service', { users: ['site', 'ec2-instance-connect'] }])(
  'lets %j ask the metadata service',
  (metadata) => {
    expect(checked({ metadata }).metadata).toEqual(metadata);
  },
);

it.each<[string, unknown, string]>([
  [
    'metadata for an unknown word',
    { metadata: 'all' },
    'metadata: found "all", expected "root" or "service"',
  ],
  ['metadata for nobody', { metadata: { users: [] } }, 'metadata'],
  ['a user that is an option', { metadata: { users: ['-x'] } }, 'metadata'],
  ['a user that ends a rule', { metadata: { users: ['a }; flush ruleset'] } }, 'metadata'],
  [
    'an unknown tool',
    { provision: { tool: 'chef' } },
    'provision.tool: found "chef", expected "salt" or "ansible" or "commands"',
  ],
  ['commands without apply', { provision: { tool: 'commands' } }, 'provision.apply: found nothing'],
  [
    'states outside of the repository',
    { provision: { tool: 'salt', states: '../etc' } },
    'provision.states: found "../etc", expected a path inside of the repository',
  ],
  [
    'a playbook by absolute path',
    { provision: { tool: 'ansible', playbook: '/site.yml' } },
    'provision.playbook: found "/site.yml"',
  ],
  [
    'a package that is an option',
    { provision: { tool: 'salt', install: { packages: ['-o=Dir::Etc=/tmp'] } } },
    'provision.install.packages.0: found "-o=Dir::Etc=/tmp"',
  ],
  [
    'a package without a digest',
    { provision: { tool: 'salt', install: { urls: [{ url: 'https://example.com/a.deb' }] } } },
    'provision.install.urls.0.sha256: found nothing',
  ],
  [
    'a package over plain http',
    { provision: { tool: 'salt', install: { urls: [{ url: 'http://example.com/a.deb', sha256 }] } } },
    'http only on loopback and private networks',
  ],
  [
    'a url that is no package',
    { provision: { tool: 'salt', install: { urls: [{ url: 'https://example.com/install.sh', sha256 }] } } },
    'expected the url of a .deb or .rpm package',
  ],
  ['a drain of nothing', { drain: { command: '' } }, 'drain.command: found ""'],
  ['a refresh every second', { refresh: { everySeconds: 1 } }, 'refresh.everySeconds: found 1'],
  ['an empty watch', { watch: [{ paths: [], unit: 'a.service' }] }, 'watch.0.paths: found []'],
  ['a unit that is an option', { watch: [{ paths: ['/a'], unit: '--now.service' }] }, 'watch.0.unit: found'],
  ['a unit of two lines', { watch: [{ paths: ['/a'], unit: 'a\nb.service' }] }, 'watch.0.unit: found'],
  ['a unit that is no service', { watch: [{ paths: ['/a'], unit: 'a.timer' }] }, 'watch.0.unit: found'],
  ['a variable with a dash', { values: { 'A-B': { value: '1' } } }, 'values.A-B: '],
  ['a value of two kinds', { values: { A: { value: '1', parameter: '/a' } } }, 'values.A: unknown key'],
  ['a control character', { values: { A: { value: 'a\u0000b' } } }, 'text without control characters'],
  ['a parameter without "/"', { values: { A: { parameter: 'a' } } }, 'values.A.parameter: found "a"'],
])('refuses %s', (_, value, message) => {
  expect(checking(value)).toThrow(message);
});

it.each(['etc/site', '/etc/', '/etc//site', '/etc/../root', '/etc/./site', '/', '/a b', '/a\n/b', '/a"b'])(
  'refuses to watch %j',
  (path) => expect(checking({ watch: [{ paths: [path], unit: 'site.service' }] })).toThrow('watch.0.paths.0'),
);

it.each(['/etc/site', '/etc/site.d/a-b_c.conf', '/etc/..data', '/srv/%h/a@b:c+d=e,f~'])(
  'watches %j',
  (path) =>
    expect(checked({ watch: [{ paths: [path], unit: 'site@a\\x2db.service' }] }).watch).toHaveLength(1),
);

describe('keys together', () => {
  const provision = { tool: 'salt', states: '.', pillar: 'pillar', timeoutSeconds: 60 } as const;

  const git = { url: 'https://git.example.com/states.git', branch: 'main', overlay: 'none' } as const;
  const repositories = { states: git };

  it('are well when a configuration is provisioned, and followed by a refresh', () => {
    const all = { provision, states: 'follow', refresh: { everySeconds: 60 } } as const;
    expect(machineProblems(all, 'states', repositories)).toEqual([]);
    expect(machineProblems({}, undefined, repositories)).toEqual([]);
  });

  it('are refused when there is nothing to provision from', () => {
    expect(machineProblems({ provision }, undefined, repositories)).toEqual([
      ['configuration', 'the repository that provision applies', undefined],
    ]);
  });

  it.each([{ provision }, { refresh: { everySeconds: 60 } }])('are refused when nothing follows', (rest) => {
    const [problem] = machineProblems({ ...rest, states: 'follow' }, 'states', repositories);
    expect(problem?.[0]).toBe('states');
  });

  it.each([{ states: { ...git, overlay: 'optional' as const } }, { states: { artifact: true as const } }])(
    'are refused when a branch alone would not make the configuration',
    (made) => {
      const all = { provision, states: 'follow', refresh: { everySeconds: 60 } } as const;
      expect(machineProblems(all, 'states', made)).toEqual([
        ['states', 'pinned, because a branch names no overlay and no artifact', 'follow'],
      ]);
    },
  );
});
