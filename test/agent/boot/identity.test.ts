import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readIdentity } from '../../../lib/agent/boot/identity.ts';
import { readInit } from '../../../lib/agent/boot/init.ts';
import { agentSettingsFor, readServiceSettings } from '../../../lib/agent/boot/instance-settings.ts';
import { hostAndPort } from '../../../lib/agent/deploy/activate.ts';
import type { Settings } from '../../../lib/config/settings.ts';

const documents: Record<string, string> = {
  'instance-id': 'i-1',
  'local-ipv4': '10.0.0.7',
  'tags/instance/holdfast:record': '/r:3',
  'tags/instance/holdfast:settings': '/s:2',
};
const metadata = (more: Record<string, string | undefined> = {}) => ({
  get: async (path: string) => ({ ...documents, ...more })[path],
});

describe('who an instance is', () => {
  it('stands in its metadata', async () => {
    expect(await readIdentity(metadata())).toEqual({
      instance: 'i-1',
      address: '10.0.0.7',
      record: '/r:3',
      settings: '/s:2',
    });
    const fleet = {
      'tags/instance/aws:autoscaling:groupName': 'fleet',
      'tags/instance/holdfast:colour': 'green',
      'tags/instance/holdfast:deployment': 'd-1',
    };
    expect(await readIdentity(metadata(fleet))).toMatchObject({
      group: 'fleet',
      colour: 'green',
      deployment: 'd-1',
    });
  });

  it('fails when a deployment did not launch it', async () => {
    await expect(
      readIdentity(metadata({ 'tags/instance/holdfast:record': undefined })),
    ).rejects.toMatchObject({
      name: 'BootstrapFailed',
      message: expect.stringContaining('found no tag holdfast:record'),
    });
  });
});

describe('what an instance is told at birth', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-init-'));
  const file = join(folder, 'init.json');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is checked', () => {
    const init = { environment: 'prod', service: 'web', bucket: 'b', agent: 'a'.repeat(64), role: 'all' };
    writeFileSync(file, JSON.stringify({ ...init, later: true }));
    expect(readInit(file)).toEqual(init);
    writeFileSync(file, JSON.stringify({ ...init, service: 'Web!' }));
    expect(() => readInit(file)).toThrow(`init information ${file}: service: found "Web!"`);
    expect(() => readInit('/nowhere')).toThrow('cannot be read');
  });
});

describe('settings of an instance', () => {
  const settings: Settings = {
    schema: 1,
    environment: 'prod',
    service: 'web',
    tier: 'web',
    role: 'web',
    roleId: 'AROA',
    root: '/srv/holdfast',
    bucket: 'b',
    repositories: { site: { url: 'https://example.com/site.git', branch: 'main', overlay: 'none' } },
    capacity: { min: 1, max: 2 },
    scaling: {},
    log: { everySeconds: 60 },
    launchTemplate: { id: 'lt-1', build: 'x' },
    subnets: ['subnet-1'],
    rollout: {
      pollSeconds: 5,
      ruleSeconds: 30,
      readySeconds: 900,
      inServiceSeconds: 300,
      drainSeconds: 30,
      terminateSeconds: 900,
      restoreSeconds: 900,
      launchHookSeconds: 900,
      terminateHookSeconds: 60,
    },
  };
  const identity = {
    instance: 'i-1',
    address: '10.0.0.7',
    record: '/holdfast/prod/web/blue:3',
    settings: '/s:2',
  };

  it("apply its fleet's record and never another", () => {
    expect(agentSettingsFor(settings, identity, '/')).toMatchObject({
      root: '/srv/holdfast',
      parameters: { release: '/holdfast/prod/web/blue:3', deployed: '/holdfast/prod/web/deployed' },
    });
    expect(agentSettingsFor(settings, identity, '/home/x').root).toBe('/home/x/srv/holdfast');
  });

  it('ask the instance at its own address', () => {
    const health = {
      path: '/up',
      timeoutSeconds: 9,
      intervalSeconds: 10,
      checkTimeoutSeconds: 4,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      matcher: '200',
    };
    const found = agentSettingsFor({ ...settings, port: 8080, health }, identity, '/');
    expect(found.health).toEqual({ url: 'http://10.0.0.7:8080/up', timeoutSeconds: 9 });
    expect(agentSettingsFor(settings, identity, '/').health).toBeUndefined();
  });

  it('are read in exactly the version of the fleet', async () => {
    const asked: unknown[] = [];
    const parameters = {
      getVersion: async (name: string, version: number) => {
        asked.push([name, version]);
        return { name, version, value: JSON.stringify(settings) };
      },
    };
    expect(await readServiceSettings(parameters, '/s:2')).toEqual(settings);
    expect(asked).toEqual([['/s', 2]]);
    await expect(readServiceSettings(parameters, '/s')).rejects.toThrow('expected NAME:VERSION');
  });
});

it.each([
  ['http://127.0.0.1:8080/health', { HOST: '127.0.0.1', PORT: '8080' }],
  ['http://web.internal/', { HOST: 'web.internal', PORT: '80' }],
  ['https://web.internal/', { HOST: 'web.internal', PORT: '443' }],
  ['http://[::1]:81/', { HOST: '::1', PORT: '81' }],
  [undefined, {}],
])('HOST and PORT of %s', (url, expected) => {
  expect(hostAndPort(url)).toEqual(expected);
});
