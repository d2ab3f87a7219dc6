import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { primaryRepository } from '../config/repository.ts';
import { readAssembly } from '../local-aws/cloudformation/assembly.ts';
import { rehearsableService } from '../local-aws/cloudformation/rehearsable.ts';
import type { Closers } from './closers.ts';
import { type LocalEnvironment, startEnvironment } from './environment.ts';
import { buildExampleStates } from './example.ts';
import { freePort } from './free-port.ts';
import { type GitServer, startGitServer } from './git/server.ts';
import { hostsKinds } from './hosts/kind.ts';
import { Load } from './load/load.ts';
import { startMonitor } from './monitor.ts';
import { patchFor } from './patch.ts';
import { type Outcome, perform } from './perform.ts';
import { examplePlan, type GivenRepository, type Plan, planRepository } from './plan.ts';
import type { Timeline } from './timeline.ts';
import { Watcher } from './watcher.ts';

export interface RehearsalOptions {
  /** Folder of the cloud assembly. */
  assembly: string;
  /** Name of the environment in holdfast.config.ts. */
  environment: string;
  /** Default: the first service behind the load balancer. */
  service?: string;
  /** Default: the sample site in three releases. */
  given?: GivenRepository;
  /** Kind of the instances. */
  hosts: keyof typeof hostsKinds;
  instances: number;
  /** The longest time that the load balancer takes to apply a changed rule. Seconds. */
  ruleLag: number;
  /** Tarball that is unpacked over every release. */
  overlay?: string;
}

export interface Rehearsal extends Outcome {
  plan: Plan;
  /** Url of the production listener. */
  url: string;
}

/** Requests a second, and the number of connections for them. */
const load = { rate: 60, connections: 12, timeout: 10_000 };

/** Rehearses. Everything that it starts runs until `closers` is closed. */
export async function rehearse(
  options: RehearsalOptions,
  timeline: Timeline,
  closers: Closers,
  signal: AbortSignal,
): Promise<Rehearsal> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-source-'));
  closers.add(() => rmSync(folder, { recursive: true, force: true }));
  const plan = options.given ? await planRepository(options.given) : await examplePlan(join(folder, 'site'));
  const watcher = new Watcher(timeline);
  const gitHost = await startGitServer(hostsKinds[options.hosts].gateway);
  closers.add(() => gitHost.close());
  const urls = await gitUrls(plan, folder, gitHost);
  const environment = await environmentOf(options, plan, urls, watcher, closers);
  timeline.say(`environment ${environment.name}: service ${environment.service} on ${environment.url}`);
  const overlay = options.overlay === undefined ? undefined : putOverlay(environment, options.overlay);
  const requests = startLoad(environment, plan, options.ruleLag, closers);
  const stopMonitor = startMonitor(environment, requests, timeline);
  closers.add(stopMonitor);
  const deployer = { environment, load: requests, watcher, signal };
  const outcome = await perform({ ...deployer, gitHost, plan, timeline, overlay });
  stopMonitor();
  return { ...outcome, plan, url: environment.url };
}

async function environmentOf(
  options: RehearsalOptions,
  plan: Plan,
  urls: GitUrls,
  watcher: Watcher,
  closers: Closers,
): Promise<LocalEnvironment> {
  const assembly = readAssembly(options.assembly, options.environment);
  const service = rehearsableService(assembly, options.environment, options.service);
  const kind = hostsKinds[options.hosts];
  const patch = patchFor({
    ...plan,
    ...urls,
    service,
    start: kind.startCommand(plan.run),
    withOverlay: options.overlay !== undefined,
    instances: options.instances,
    ruleLag: options.ruleLag,
    port: await freePort(),
  });
  const { environment: name, ruleLag } = options;
  return await startEnvironment({ assembly, name, service, kind, ruleLag, patch, ...watcher }, closers);
}

interface GitUrls {
  url: string;
  statesUrl: string;
}

/** Serves a path over smart HTTP; uses a url as it is. */
async function gitUrls(plan: Plan, folder: string, server: GitServer): Promise<GitUrls> {
  const states = join(folder, 'states');
  await buildExampleStates(states);
  return {
    url: plan.isPath ? await server.serve('site', plan.location) : plan.location,
    statesUrl: await server.serve('states', states),
  };
}

/** Uploads the overlay to the store bucket and returns its key. */
function putOverlay({ world, service, settings }: LocalEnvironment, file: string): string {
  const repository = primaryRepository(settings.repositories, settings.configuration);
  const key = `overlays/${service}/${repository}/rehearsal/${basename(file)}`;
  world.s3.putObject({ Bucket: settings.bucket, Key: key, Body: readFileSync(file) });
  return key;
}

function startLoad(
  { url, world, settings }: LocalEnvironment,
  plan: Plan,
  ruleLag: number,
  closers: Closers,
): Load {
  // A busy computer is late with timers and answers.
  const [action] = world.elb.rules.find(settings.balancer?.rule).actions;
  const body = action?.FixedResponseConfig?.MessageBody ?? '';
  const early = { body, milliseconds: ruleLag * 1000 + 1_000 };
  const started = new Load({ ...load, url: `${url}/`, wrongBody: plan.wrongBody, early });
  started.start();
  closers.add(() => started.abort());
  return started;
}
