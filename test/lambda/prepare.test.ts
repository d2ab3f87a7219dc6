import { prepare } from '../../lambda/prepare.ts';
import { parseRecord } from '../../lib/release/record.ts';
import type { FakeAws } from '../support/fleet/fake-aws.ts';
import {
  commits,
  journal,
  journalOf,
  keep,
  liveService,
  names,
  newService,
  recordOf,
  releaseOf,
  rollout,
  settingsOf,
  url,
} from '../support/fleet/service.ts';

const start = (input: unknown = { service: 'web' }, execution = rollout) => ({
  execution,
  deployment: 'd-2',
  startedAt: '2026-11-22T10:00:00.000Z',
  input,
});
const green = (aws: FakeAws) => parseRecord(aws.parameters.values.get(names.green)?.[0] ?? '', names.green);
const other = 'arn:aws:states:eu-west-1:123456789012:execution:rollout:d-1';

describe('prepare', () => {
  test('takes the journal and writes the exact release as the record of the idle colour', async () => {
    const aws = liveService();
    const plan = await prepare(start({ service: 'web', by: 'ada', reason: 'try' }), aws);
    expect(plan).toEqual({ outcome: 'ready', because: '', balanced: true, poll: 5 });
    expect(green(aws)).toMatchObject({
      release: { site: { branch: 'main', commit: commits.new } },
      colour: 'green',
      settings: 1,
      verified: true,
      deployment: 'd-2',
      by: 'ada',
      reason: 'try',
    });
    expect(await journal(aws)).toMatchObject({
      state: 'open',
      execution: rollout,
      phase: 'rollout',
      deployed: 1,
      candidate: { colour: 'green', record: `${names.green}:1`, settings: 1, fleet: green(aws).fleet },
    });
    expect(green(aws).fleet).toMatch(/^holdfast-prod-web-green-[0-9a-f]{12}$/);
  });

  test('deploys a new service to blue, without a live fleet', async () => {
    const aws = newService();
    await prepare(start(), aws);
    expect((await journal(aws))?.candidate?.colour).toBe('blue');
    expect((await journal(aws))?.deployed).toBeUndefined();
  });

  test('changes nothing when it runs twice', async () => {
    const aws = liveService();
    await prepare(start(), aws);
    const first = await journal(aws);
    aws.tips.set(`${url} main`, 'c'.repeat(40));
    await prepare(start(), aws);
    expect(await journal(aws)).toEqual(first);
    expect(aws.log).toEqual(['put green']);
  });

  test('reads the record at least at the version that the journal knows', async () => {
    const aws = liveService();
    aws.parameters.set(names.deployed, JSON.stringify(recordOf({ colour: 'green' })));
    keep(aws, journalOf({ state: 'closed', origin: other, execution: other, deployed: 2 }));
    aws.parameters.set(names.settings, JSON.stringify(settingsOf()));
    aws.parameters.stale = 1;
    await prepare(start(), aws);
    expect((await journal(aws))?.candidate?.colour).toBe('blue');
    expect((await journal(aws))?.deployed).toBe(2);
  });

  test('marks a release whose commit was not seen at the tip of its branch', async () => {
    const aws = liveService();
    await prepare(start({ service: 'web', commit: 'c'.repeat(40) }), aws);
    expect(green(aws)).toMatchObject({ verified: false, release: { site: { commit: 'c'.repeat(40) } } });
  });

  test('trusts the recorded commit again', async () => {
    const aws = liveService();
    await prepare(start({ service: 'web', commit: commits.old }), aws);
    expect(green(aws).verified).toBe(true);
  });

  test('goes on without the git host when the commit is given', async () => {
    const aws = liveService();
    aws.tips.set(`${url} main`, 'down');
    await prepare(start({ service: 'web', commit: commits.new }), aws);
    expect(green(aws).verified).toBe(false);
  });

  test.each([
    [{ service: 'web', colour: 'green' }, 'unknown key "colour"'],
    [{ service: 'web', branch: '--upload-pack=x' }, 'does not start with "-"'],
    [{ service: 'web', commit: 'abc' }, 'a full commit hash'],
    [{ service: 'web', commit: { states: commits.new } }, 'has no repository states; it has site'],
    [{ service: 'web', overlay: 'overlays/x.tar' }, 'takes no overlay'],
    [{ service: 'other' }, 'found no settings'],
    [{ service: 'web', version: 2 }, 'has the records 1 to 1, found 2'],
    [{ service: 'web', wait: 60 }, 'wait is not built yet'],
    ['web', 'expected a value of type object'],
  ])('refuses %j before it takes the journal', async (input, message) => {
    const aws = liveService();
    await expect(prepare(start(input), aws)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining(message),
    });
    expect(aws.objects.stored.size).toBe(0);
  });

  test('deploys a whole earlier record, as it was proven then', async () => {
    const aws = liveService();
    aws.parameters.set(names.deployed, JSON.stringify(recordOf({ release: releaseOf(commits.new) })));
    aws.tips.set(`${url} main`, 'down');
    await prepare(start({ service: 'web', version: 1, ifRecord: 2 }), aws);
    expect(green(aws)).toMatchObject({ release: releaseOf(commits.old), verified: true, settings: 1 });
  });

  test('refuses another record than the expected one, before it takes the journal and after', async () => {
    const aws = liveService();
    const refused = { name: 'RecordChanged', message: expect.stringContaining('has record') };
    await expect(prepare(start({ service: 'web', ifRecord: 0 }), aws)).rejects.toMatchObject(refused);
    expect(await journal(aws)).toBeUndefined();
    const other = JSON.stringify(recordOf({ by: 'ada@host' }));
    aws.objects.beforePut = () => {
      if (aws.parameters.values.get(names.deployed)?.length === 1) aws.parameters.set(names.deployed, other);
    };
    await expect(prepare(start({ service: 'web', ifRecord: 1 }), aws)).rejects.toMatchObject(refused);
    expect((await journal(aws))?.candidate).toBeUndefined();
  });

  test('refuses the tip of a repository that only speaks SSH, and says to give the commit', async () => {
    const repositories = { site: { url: 'ssh://git@git.example.com/site.git', branch: 'main' } };
    const aws = newService(settingsOf({ repositories }));
    await expect(prepare(start(), aws)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('give the commit'),
    });
    expect(await prepare(start({ service: 'web', commit: commits.new }), aws)).toMatchObject({
      outcome: 'ready',
    });
  });

  test('fails when the branch is not there, before it takes the journal', async () => {
    const aws = liveService();
    await expect(prepare(start({ service: 'web', branch: 'gone' }), aws)).rejects.toMatchObject({
      name: 'UnknownCommit',
    });
    expect(await journal(aws)).toBeUndefined();
    expect(aws.log).toEqual([]);
  });

  test('decides again when something was recorded before it had the journal', async () => {
    const aws = liveService(
      settingsOf({ repositories: { site: { url, branch: 'main' }, tools: { artifact: true } } }),
    );
    const tools = { artifact: { key: 'tools.tar', version: 'v2', sha256: 'd'.repeat(64) } };
    aws.objects.beforePut = () => {
      const release = { site: { branch: 'main', commit: commits.old }, tools };
      if (aws.parameters.values.get(names.deployed)?.length === 1)
        aws.parameters.set(names.deployed, JSON.stringify(recordOf({ release })));
    };
    const before = recordOf({
      release: { ...recordOf().release, tools: { artifact: { ...tools.artifact, version: 'v1' } } },
    });
    aws.parameters.values.set(names.deployed, [JSON.stringify(before)]);
    await prepare(start({ service: 'web', commit: commits.new }), aws);
    expect(green(aws).release).toEqual({ site: { branch: 'main', commit: commits.new }, tools });
  });

  test('refuses while another deployment runs, and names it', async () => {
    const aws = liveService();
    keep(aws, journalOf({ execution: other, origin: other, deployment: 'd-1', by: 'ada' }));
    aws.status.set(other, 'RUNNING');
    await expect(prepare(start(), aws)).rejects.toMatchObject({
      name: 'DeploymentInProgress',
      message: expect.stringContaining('deployment d-1 of ada'),
    });
  });

  test('takes an execution that is not known yet for alive, for ten minutes', async () => {
    const aws = liveService();
    keep(aws, journalOf({ execution: other, origin: other, since: '2026-11-22T09:51:00.000Z' }));
    await expect(prepare(start(), aws)).rejects.toMatchObject({ name: 'DeploymentInProgress' });
    aws.time += 120_000;
    expect(await prepare(start(), aws)).toMatchObject({ outcome: 'waiting' });
  });

  test('has a stale journal settled, once, and waits until it is closed', async () => {
    const aws = liveService();
    keep(aws, journalOf({ execution: other, origin: other, deployment: 'd-1' }));
    aws.status.set(other, 'ABORTED');
    expect(await prepare(start(), aws)).toMatchObject({ outcome: 'waiting', poll: 10 });
    expect(await prepare(start(), aws)).toMatchObject({ outcome: 'waiting' });
    expect(aws.started).toEqual([
      { name: expect.stringMatching(/^settle-web-/), input: { service: 'web', reason: expect.any(String) } },
    ]);
    keep(aws, journalOf({ state: 'closed', execution: 'settle', origin: other, deployment: 'd-1' }));
    expect(await prepare(start(), aws)).toMatchObject({ outcome: 'ready' });
  });

  test('waits for a settle that runs, but not for ever', async () => {
    const aws = liveService();
    keep(aws, journalOf({ execution: 'settle', origin: other, kind: 'settle', phase: 'settle' }));
    aws.status.set('settle', 'RUNNING');
    expect(await prepare(start(), aws)).toMatchObject({ outcome: 'waiting' });
    aws.time += 3_600_000;
    await expect(prepare(start(), aws)).rejects.toMatchObject({ name: 'DeploymentInProgress' });
  });

  test('refuses a redriven execution that was settled already', async () => {
    const aws = liveService();
    keep(aws, journalOf({ state: 'closed', execution: 'settle', origin: rollout }));
    await expect(prepare(start(), aws)).rejects.toMatchObject({ name: 'JournalLost' });
  });

  test('takes the journal after another that was faster has closed it', async () => {
    const aws = liveService();
    let raced = false;
    aws.objects.beforePut = () => {
      if (raced) return;
      raced = true;
      keep(aws, journalOf({ execution: other, origin: other }));
      aws.status.set(other, 'RUNNING');
    };
    await expect(prepare(start(), aws)).rejects.toMatchObject({ name: 'DeploymentInProgress' });
    expect((await journal(aws))?.execution).toBe(other);
  });
});
