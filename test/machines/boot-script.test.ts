import type { Properties } from '../../lib/local-aws/cloudformation/resource.ts';
import { launched, reportOf } from '../support/machine/launch.ts';
import { Stage } from '../support/machine/stage.ts';
import { daily } from '../support/suite/sample.ts';

const it = daily(1 / 2);

jest.setTimeout(240_000);

describe('user-data that fails', () => {
  let stage: Stage;
  afterEach(() => stage?.stop());

  const failed = async (userData: (text: string) => string) => {
    const id = await launched(stage, { userData });
    const { result, error } = reportOf(stage, id) ?? {};
    expect({ result, name: error?.name }).toEqual({ result: 'failed', name: 'BootstrapFailed' });
    return { id, message: error?.message };
  };

  it('names its line on the console and in the report: an agent with another digest', async () => {
    stage = await Stage.start();
    const { id, message } = await failed(otherAgent);
    expect(message).toMatch(/^boot\.sh line \d+: fetch .*holdfast-agent agent .*: status 22: .*404/);
    expect(stage.hosts.console(id)).toContain(`holdfast boot: boot.sh line`);
    expect((await stage.try(id, 'test -e /srv/holdfast')).code).not.toBe(0);
  });

  it('names its line: the disk is full', async () => {
    stage = await Stage.start({ hosts: { diskMegabytes: 100 } });
    const fill = 'head --bytes=200M /dev/zero > /filled || true; truncate --size=-64K /filled';
    const { message } = await failed((text) => text.replace('\n', `\n${fill}\n`));
    expect(message).toMatch(/fetch .*\/node node .*: status 23: curl: \(23\)/);
  });

  it('ends the deployment at once, with the reason: nobody waits for instances that cannot come', async () => {
    stage = await Stage.start({
      patch: (type, properties) =>
        type === 'AWS::EC2::LaunchTemplate' ? withUserData(properties, otherAgent) : properties,
    });
    const { result, error, steps } = await stage.deploy('v1');
    expect(result).toBe('refused');
    expect(error).toMatch(/BootstrapFailed.*instance i-[0-9a-f]+: boot\.sh line \d+: fetch/);
    const { readySeconds } = stage.environment.settings.rollout;
    const spent = steps.find(({ name }) => name === 'check-health')?.seconds;
    expect(spent).toBeLessThan(readySeconds);
  });
});

/** An agent that is not in the store. */
const otherAgent = (text: string) => text.replace(/"agent":"[0-9a-f]{4}/, '"agent":"0000');

function withUserData(properties: Properties, change: (text: string) => string): Properties {
  const data = properties.LaunchTemplateData as { UserData: string };
  const text = Buffer.from(data.UserData, 'base64').toString();
  const UserData = Buffer.from(change(text)).toString('base64');
  return { ...properties, LaunchTemplateData: { ...data, UserData } };
}
