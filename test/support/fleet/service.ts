import { parameterNames, storeKeys, tags } from '../../../lib/config/resource-names.ts';
import { type Settings, settingsSchema } from '../../../lib/config/settings.ts';
import type { DeployedRecord } from '../../../lib/release/record.ts';
import type { Release } from '../../../lib/release/release.ts';
import type { Report } from '../../../lib/release/report.ts';
import type { Fleet } from '../../../lib/rollout/decisions/fleet.ts';
import type { Journal } from '../../../lib/rollout/journal.ts';
import { FakeAws } from './fake-aws.ts';

export const commits = { old: 'a'.repeat(40), new: 'b'.repeat(40) };
export const url = 'https://git.example.com/site.git';
export const names = parameterNames('prod', 'web');
export const rollout = 'arn:aws:states:eu-west-1:123456789012:execution:rollout:d-2';
export const event = { execution: rollout, deployment: 'd-2', service: 'web' };
/** Fleets of the tests: the live one is blue, the candidate green. */
export const live = 'live';
export const candidate = 'candidate';

/** Settings of a web service, as a stack would write them. */
export function settingsOf(changes: Partial<Record<keyof Settings, unknown>> = {}): Settings {
  return settingsSchema.parse({
    schema: 1,
    environment: 'prod',
    service: 'web',
    tier: 'web',
    role: 'web',
    roleId: 'AROA1',
    root: '/srv/holdfast',
    bucket: 'store',
    repositories: { site: { url, branch: 'main' } },
    port: 8080,
    health: {},
    capacity: { min: 2, max: 4 },
    scaling: {},
    launchTemplate: { id: 'lt-1', build: 'build-1' },
    subnets: ['subnet-a'],
    balancer: { rule: 'rule', testRule: 'test', targetGroups: { blue: 'tg/blue/1', green: 'tg/green/1' } },
    rollout: {},
    ...changes,
  });
}

export function worker(): Settings {
  return settingsOf({ balancer: undefined, health: undefined, port: undefined });
}

export function releaseOf(commit: string): Release {
  return { site: { branch: 'main', commit } };
}

export function recordOf(changes: Partial<DeployedRecord> = {}): DeployedRecord {
  return {
    schema: 1,
    release: releaseOf(commits.old),
    colour: 'blue',
    fleet: live,
    settings: 1,
    verified: true,
    deployment: 'd-1',
    by: 'ci',
    at: '2026-11-21T10:00:00.000Z',
    ...changes,
  };
}

export function journalOf(changes: Partial<Journal> = {}): Journal {
  return {
    schema: 1,
    service: 'web',
    state: 'open',
    execution: rollout,
    origin: rollout,
    deployment: 'd-2',
    kind: 'deployment',
    phase: 'rollout',
    by: 'ci',
    since: '2026-11-22T09:59:00.000Z',
    step: 'prepare',
    deployed: 1,
    candidate: { colour: 'green', fleet: candidate, record: `${names.green}:1`, settings: 1 },
    ...changes,
  };
}

export function groupOf(name: string, changes: Partial<Fleet> = {}): Fleet {
  const colour = name === live ? 'blue' : 'green';
  return {
    name,
    min: 2,
    max: 4,
    desired: 2,
    instances: [1, 2].map((number) => ({ id: `i-${name}-${number}`, lifecycle: 'InService' })),
    tags: {
      [tags.environment]: 'prod',
      [tags.service]: 'web',
      [tags.colour]: colour,
      [tags.settings]: `${names.settings}:1`,
      [tags.deployment]: name === live ? 'd-1' : 'd-2',
    },
    targetGroups: [`tg/${colour}/1`],
    launchTemplate: { id: 'lt-1', version: 1 },
    deleting: false,
    ...changes,
  };
}

export function reportOf(instance: string, changes: Partial<Report> = {}): Report {
  return {
    schema: 1,
    instance,
    environment: 'prod',
    service: 'web',
    role: 'web',
    record: `${names.green}:1`,
    settings: `${names.settings}:1`,
    result: 'ready',
    release: releaseOf(commits.new),
    phases: [],
    at: '2026-11-22T10:00:00.000Z',
    ...changes,
  };
}

/** Writes an instance's report. */
export function report(aws: FakeAws, instance: string, changes: Partial<Report> = {}): void {
  aws.objects.set(storeKeys.report('web', 'AROA1', instance), JSON.stringify(reportOf(instance, changes)));
}

/** Sets what the load balancer finds of a fleet. */
export function targets(aws: FakeAws, name: string, state = 'healthy'): void {
  const group = aws.fleet(name);
  const found = group.instances.map(({ id }) => ({ id, port: 8080, state }));
  aws.health.set(name === live ? 'tg/blue/1' : 'tg/green/1', found);
}

/** Writes the journal without conditions. */
export function keep(aws: FakeAws, journal: Journal): void {
  aws.objects.set(storeKeys.journal(journal.service), JSON.stringify(journal));
}

export async function journal(aws: FakeAws): Promise<Journal | undefined> {
  return (await aws.journals.read('web'))?.journal;
}

/** A service with nothing deployed. */
export function newService(settings: Settings = settingsOf()): FakeAws {
  const aws = new FakeAws();
  aws.parameters.set(names.settings, JSON.stringify(settings));
  aws.tips.set(`${url} main`, commits.new);
  aws.rules.set('rule', { forward: [], sticky: false });
  aws.rules.set('test', { forward: [{ targetGroup: 'tg/blue/1', weight: 100 }], sticky: false });
  return aws;
}

/** A service whose live fleet serves the recorded release. */
export function liveService(settings: Settings = settingsOf()): FakeAws {
  const aws = newService(settings);
  aws.parameters.set(names.deployed, JSON.stringify(recordOf()));
  aws.fleets.set(live, groupOf(live, settings.balancer ? {} : { targetGroups: [] }));
  targets(aws, live);
  aws.rules.set('rule', { forward: [{ targetGroup: 'tg/blue/1', weight: 100 }], sticky: false });
  return aws;
}

/** A deployment on its way: the candidate's fleet is up, its record written, the journal open. */
export function runningDeployment(settings: Settings = settingsOf()): FakeAws {
  const aws = liveService(settings);
  const record = recordOf({
    release: releaseOf(commits.new),
    colour: 'green',
    fleet: candidate,
    deployment: 'd-2',
  });
  aws.parameters.set(names.green, JSON.stringify(record));
  aws.fleets.set(candidate, groupOf(candidate, settings.balancer ? {} : { targetGroups: [] }));
  for (const { id } of aws.fleet(candidate).instances) report(aws, id);
  targets(aws, candidate);
  keep(aws, journalOf());
  aws.log.length = 0;
  return aws;
}

/** Bounds of a wait that has only begun, or is over. */
export function waitOf(aws: FakeAws, seconds = 600) {
  const deadline = new Date(aws.time + seconds * 1000).toISOString();
  return { deadline, latest: new Date(aws.time + (seconds + 900) * 1000).toISOString() };
}
