import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { launchHook, storeKeys } from '../../lib/config/resource-names.ts';
import { AwsError } from '../../lib/local-aws/model/error.ts';
import { Instance } from '../support/agent/instance.ts';
import { lateBefore } from '../support/agent/late-metadata.ts';
import { Stage, site } from '../support/agent/stage.ts';
import { daily } from '../support/suite/sample.ts';

describe('boot.sh', () => {
  let stage: Stage;
  let instance: Instance;

  beforeEach(async () => {
    stage = await Stage.start();
    instance = await Instance.launch(stage);
    const repository = stage.repository();
    instance.settings({ repositories: { site: { url: repository.url, branch: 'main' } } });
    stage.record(site(repository.commit({ a: '1' })));
  });
  afterEach(async () => {
    instance.stop();
    await stage.stop();
  });

  it('fetches the agent by its digest with the credentials of the role, and starts it', async () => {
    const callers: unknown[] = [];
    const sha256 = instance.storeAgent();
    stage.world.faults.seen = ({ operation, input, caller }) => {
      if (operation === 'GetObject' && input.Key === storeKeys.agent(sha256)) callers.push(caller);
    };
    const { code } = await instance.boot(instance.userData(sha256));
    expect(code).toBe(0);
    expect(callers).toEqual([`AROATEST:${instance.id}`]);
    expect(existsSync(join(instance.home, 'srv/holdfast/site/current/a'))).toBe(true);
  });

  it('fetches nothing when the agent is there', async () => {
    const userData = instance.userData(instance.storeAgent());
    await instance.boot(userData);
    const fetched: string[] = [];
    stage.world.faults.seen = ({ operation, input }) => fetched.push(`${operation} ${input.Key ?? ''}`);
    expect((await instance.boot(userData)).code).toBe(0);
    expect(fetched).not.toContainEqual(expect.stringMatching(/GetObject (agent|node)/));
    expect(fetched).toContainEqual(expect.stringMatching(/^PutObject reports/));
  });

  it('starts with the Node of the image, wherever that is', async () => {
    const path = toolsWithout('node');
    symlinkSync(process.execPath, join(path, 'node-24'));
    const { code, output } = await instance.boot(instance.userData(instance.storeAgent()), { PATH: path });
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('"result":"deployed"') });
    expect(readlinkSync(join(instance.home, 'opt/holdfast/node'))).toBe(join(path, 'node-24'));
  });

  it('fetches a Node by its digest when there is none, or only an old one', async () => {
    const path = toolsWithout('node');
    executable(path, 'node', 'exit 1');
    const more = { [machine]: instance.storeNode() };
    const userData = instance.userData(instance.storeAgent(), more);
    const { code, output } = await instance.boot(userData, { PATH: path });
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('"result":"deployed"') });
    expect(realpathSync(join(instance.home, 'opt/holdfast/node'))).toBe(
      join(realpathSync(instance.home), 'opt/holdfast/node'),
    );
  });

  it('installs git where there is none, and nothing where there is', async () => {
    const path = toolsWithout('git');
    executable(path, 'dnf', `echo "$@" >> ${instance.home}/installed; ln -s ${which('git')} ${path}/git`);
    const userData = instance.userData(instance.storeAgent());
    expect((await instance.boot(userData, { PATH: path })).code).toBe(0);
    expect((await instance.boot(userData, { PATH: path })).code).toBe(0);
    expect(readFileSync(join(instance.home, 'installed'), 'utf8')).toBe('install -yq git\n');
  });

  it('waits for apt, whose locks the updates of the distribution hold', async () => {
    const path = toolsWithout('git');
    executable(path, 'sleep', '');
    executable(
      path,
      'apt-get',
      `echo "$@" >> ${instance.home}/told
      case "$*:$(wc -l < ${instance.home}/told)" in
        *update*:[12]) echo 'E: Unable to lock directory /var/lib/apt/lists/' >&2; exit 100 ;;
        *install*) ln -s ${which('git')} ${path}/git ;;
      esac`,
    );
    expect((await instance.boot(instance.userData(instance.storeAgent()), { PATH: path })).code).toBe(0);
    expect(readFileSync(join(instance.home, 'told'), 'utf8')).toBe(
      'update -q\nupdate -q\nupdate -q\n-oDPkg::Lock::Timeout=300 install -yq git\n',
    );
  });

  it('waits for credentials and tags that come late, and for a store that does not know the role yet', async () => {
    const isLate = (path: string) => /security-credentials|holdfast:record|placement/.test(path);
    const late = await lateBefore(instance.environment.AWS_EC2_METADATA_SERVICE_ENDPOINT ?? '', isLate);
    const unknown = [new AwsError('InvalidAccessKeyId', 'no such key', 403)];
    stage.world.faults.add(({ operation }) => {
      const error = operation === 'GetObject' ? unknown.pop() : undefined;
      return error ? { error } : undefined;
    });
    const { code, output } = await instance.boot(instance.userData(instance.storeAgent()), {
      AWS_EC2_METADATA_SERVICE_ENDPOINT: late.url,
    });
    late.close();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('"result":"deployed"') });
    expect(unknown).toEqual([]);
  });

  it('leaves the agent to systemd where that runs', async () => {
    mkdirSync(join(instance.home, 'run/systemd/system'), { recursive: true });
    const path = toolsWithout();
    executable(path, 'systemctl', `echo "$@" >> ${instance.home}/told`);
    const { code } = await instance.boot(instance.userData(instance.storeAgent()), { PATH: path });
    expect(code).toBe(0);
    expect(readFileSync(join(instance.home, 'told'), 'utf8')).toBe(
      'enable --quiet holdfast-bootstrap.service\nstart --no-block holdfast-bootstrap.service\n',
    );
    const unit = readFileSync(join(instance.home, 'etc/systemd/system/holdfast-bootstrap.service'), 'utf8');
    const folder = join(instance.home, 'opt/holdfast');
    expect(unit).toContain(
      `ExecStart=${folder}/node ${folder}/holdfast-agent bootstrap --init ${folder}/init.json`,
    );
    expect(existsSync(join(instance.home, 'srv'))).toBe(false);
  });

  describe('a line that fails', () => {
    const it = daily(1 / 2);

    const failure = async (userData: string, environment: NodeJS.ProcessEnv = {}) => {
      const completed: unknown[] = [];
      stage.world.faults.seen = ({ operation, input }) => {
        if (operation === 'CompleteLifecycleAction') completed.push(input);
      };
      const { code, output } = await instance.boot(userData, environment);
      expect(code).not.toBe(0);
      expect(existsSync(join(instance.home, 'srv'))).toBe(false);
      const { error, ...report } = instance.report();
      expect(report).toMatchObject({ instance: instance.id, service: 'web', role: 'web', result: 'failed' });
      expect(error?.name).toBe('BootstrapFailed');
      expect(output).toContain(`holdfast boot: boot.sh line `);
      expect(completed).toEqual([
        expect.objectContaining({
          AutoScalingGroupName: 'fleet',
          LifecycleHookName: launchHook,
          InstanceId: instance.id,
          LifecycleActionResult: 'ABANDON',
        }),
      ]);
      return error;
    };

    it('is named in the console and in the report: an agent with another digest', async () => {
      const sha256 = instance.storeAgent();
      instance.stage.store(storeKeys.agent(sha256), Buffer.from('another agent'));
      expect(await failure(instance.userData(sha256))).toMatchObject({
        message: expect.stringMatching(
          /^boot\.sh line \d+: fetch \$folder\/holdfast-agent agent \$\(init agent\): status 1: .*checksum did NOT match/,
        ),
        retryable: false,
      });
    });

    it('is named: no agent in the store', async () => {
      expect(await failure(instance.userData('1'.repeat(64)))).toMatchObject({
        message: expect.stringMatching(/status 22: curl: \(22\) The requested URL returned error: 404/),
        retryable: false,
      });
    });

    it('is named: no Node, and none configured', async () => {
      const path = toolsWithout('node');
      expect(await failure(instance.userData(instance.storeAgent()), { PATH: path })).toMatchObject({
        message: expect.stringContaining(
          '# Found no Node of version 24 or newer, and none in the configuration',
        ),
        retryable: false,
      });
    });

    it('is named: no git, and no package of it', async () => {
      const path = toolsWithout('git');
      executable(path, 'dnf', 'echo "Error: Unable to find a match: \\"git\\"" >&2; exit 1');
      expect(await failure(instance.userData(instance.storeAgent()), { PATH: path })).toMatchObject({
        message: expect.stringMatching(
          /git > \/dev\/null \|\| install git: status 1: Error: Unable to find a match: git/,
        ),
      });
    });

    it('leaves another try to another instance when the network was to blame', async () => {
      const path = toolsWithout('curl');
      executable(
        path,
        'curl',
        `case "$*" in *agent/*) echo "curl: (7) no route" >&2; exit 7;; esac; exec ${which('curl')} "$@"`,
      );
      expect(await failure(instance.userData(instance.storeAgent()), { PATH: path })).toMatchObject({
        message: expect.stringContaining('curl: (7) no route'),
        retryable: true,
      });
    });

    it('is only on the console without a metadata service', async () => {
      const path = toolsWithout('curl');
      executable(path, 'curl', 'echo "curl: (28) timed out" >&2; exit 28');
      const { code, output } = await instance.boot(instance.userData(instance.storeAgent()), { PATH: path });
      expect(code).toBe(28);
      expect(output).toMatch(/holdfast boot: boot\.sh line \d+: token=.*: status 28: curl: \(28\) timed out/);
    });
  });

  /** A folder that takes the place of the PATH: all tools but the named ones. */
  function toolsWithout(...names: string[]): string {
    const folder = mkdtempSync(join(stage.folder, 'tools-'));
    for (const from of (process.env.PATH ?? '').split(':').filter((each) => existsSync(each)))
      for (const name of readdirSync(from))
        if (
          !names.includes(name) &&
          !/^node|^dnf$|^apt-get$|^systemctl$/.test(name) &&
          !existsSync(join(folder, name))
        )
          symlinkSync(join(from, name), join(folder, name));
    if (!names.includes('node')) symlinkSync(process.execPath, join(folder, 'node'));
    return folder;
  }
});

const machine = execFileSync('uname', ['-m'], { encoding: 'utf8' }).trim();

const which = (name: string) => execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();

/** Puts a shell script in the place of a program. */
function executable(folder: string, name: string, text: string): void {
  rmSync(join(folder, name), { force: true });
  writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}
