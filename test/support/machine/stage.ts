import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { primaryRepository } from '../../../lib/config/repository.ts';
import { parameterNames } from '../../../lib/config/resource-names.ts';
import type { Settings } from '../../../lib/config/settings.ts';
import { readAssembly } from '../../../lib/local-aws/cloudformation/assembly.ts';
import type { Properties } from '../../../lib/local-aws/cloudformation/resource.ts';
import { Closers } from '../../../lib/rehearsal/closers.ts';
import { deploy } from '../../../lib/rehearsal/deploy.ts';
import { type LocalEnvironment, startEnvironment } from '../../../lib/rehearsal/environment.ts';
import { buildExampleStates } from '../../../lib/rehearsal/example.ts';
import { type GitServer, startGitServer } from '../../../lib/rehearsal/git/server.ts';
import { hostsKinds } from '../../../lib/rehearsal/hosts/kind.ts';
import type { MachineHostsOptions } from '../../../lib/rehearsal/hosts/machine.ts';
import { Load } from '../../../lib/rehearsal/load/load.ts';
import { patchFor } from '../../../lib/rehearsal/patch.ts';
import { examplePlan, type Plan } from '../../../lib/rehearsal/plan.ts';
import type { DeploymentReport } from '../../../lib/rehearsal/report.ts';
import { Timeline } from '../../../lib/rehearsal/timeline.ts';
import { Watcher } from '../../../lib/rehearsal/watcher.ts';
import type { Release } from '../../../lib/release/release.ts';
import { Machines, machineKind, port } from './machines.ts';

export interface StageOptions {
  /** Makes the states repository in a folder. Default: examples/states. */
  states?: (folder: string) => Promise<void>;
  /** Changes the service's settings, after the rehearsal's own changes. */
  settings?: (settings: Settings) => Settings;
  /** Changes any other property of the templates. */
  patch?: (type: string, properties: Properties) => Properties;
  hosts?: Pick<MachineHostsOptions, 'layers' | 'diskMegabytes'>;
  instances?: number;
}

const name = 'staging';
const service = 'web';
const loadOptions = { rate: 60, connections: 12, timeout: 10_000 };

/**
 * The stacks of staging on the local AWS, with machines for instances, the sample site (v1, v2, v3) and its states in a
 * git host that they reach. Nothing is deployed yet.
 */
export class Stage extends Machines {
  readonly environment: LocalEnvironment;
  readonly git: GitServer;
  /** Of the sample site. */
  readonly plan: Plan;
  /** Working trees of the repositories that are served: `site` and `states`. A commit there is a push. */
  readonly folder: string;
  readonly watcher: Watcher;
  /** Asks the balancer all the time, once it is started. */
  readonly load: Load;
  #deployments = 0;
  readonly #closers: Closers;

  private constructor(
    parts: Pick<Stage, 'environment' | 'hosts' | 'git' | 'plan' | 'folder' | 'watcher'>,
    closers: Closers,
  ) {
    super(parts.hosts);
    this.environment = parts.environment;
    this.git = parts.git;
    this.plan = parts.plan;
    this.folder = parts.folder;
    this.watcher = parts.watcher;
    this.load = new Load({
      ...loadOptions,
      url: `${parts.environment.url}/`,
      wrongBody: parts.plan.wrongBody,
    });
    closers.add(() => this.load.abort());
    this.#closers = closers;
  }

  static async start(options: StageOptions = {}): Promise<Stage> {
    const closers = new Closers();
    try {
      return new Stage(await build(options, closers), closers);
    } catch (error) {
      await closers.close();
      throw error;
    }
  }

  /** Ends everything. */
  async stop(): Promise<void> {
    await this.#closers.close();
  }

  /** Deploys a version of the site (`v1`) or a commit, through the whole workflow, and waits for its end. */
  async deploy(version: string): Promise<DeploymentReport> {
    this.#deployments += 1;
    const { environment, load, watcher } = this;
    const input = { service, branch: 'main', commit: this.commit(version), by: 'test', reason: 'test' };
    return await deploy(
      { environment, load, watcher, signal: this.signal },
      `test-${this.#deployments}`,
      input,
    );
  }

  /** The commit of a version of the site. What is none is taken for a commit. */
  commit(version: string): string {
    const commits = this.plan.acts.flatMap((act) => (act.kind === 'deploy' ? [act.commit] : []));
    return commits[['v1', 'v2', 'v3'].indexOf(version)] ?? version;
  }

  /** A release of the site, with the states as they are now. */
  release(version: string): Release {
    const { repositories, configuration } = this.environment.settings;
    const site = primaryRepository(repositories, configuration);
    return {
      [site]: { branch: 'main', commit: this.commit(version) },
      ...(configuration && { [configuration]: { branch: 'main', commit: this.tip('states') } }),
    };
  }

  /** The newest commit of `site` or `states`. */
  tip(repository: string): string {
    return execFileSync('git', ['rev-parse', 'main'], {
      cwd: join(this.folder, repository),
      encoding: 'utf8',
    }).trim();
  }
}

async function build(options: StageOptions, closers: Closers) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-machines-'));
  closers.add(() => rmSync(folder, { recursive: true, force: true }));
  const plan = await examplePlan(join(folder, 'site'));
  await (options.states ?? buildExampleStates)(join(folder, 'states'));
  const git = await startGitServer(hostsKinds.machine.gateway);
  closers.add(() => git.close());
  const urls = {
    url: await git.serve('site', join(folder, 'site')),
    statesUrl: await git.serve('states', join(folder, 'states')),
  };
  const watcher = new Watcher(new Timeline({ write: () => undefined }));
  const { kind, hosts } = machineKind(options.hosts);
  const assembly = readAssembly(join(import.meta.dirname, '../../../cdk.out'), name);
  const patch = patches(options, plan, urls);
  const environment = await startEnvironment(
    { assembly, name, service, kind, ruleLag: 0, patch, ...watcher },
    closers,
  );
  return { environment, hosts: hosts(), git, plan, folder, watcher };
}

/** What the rehearsal changes, then what the test changes. */
function patches(options: StageOptions, plan: Plan, urls: { url: string; statesUrl: string }) {
  const { settings, patch } = options;
  const standard = patchFor({
    ...plan,
    ...urls,
    service,
    start: hostsKinds.machine.startCommand(plan.run),
    withOverlay: false,
    instances: options.instances ?? 1,
    ruleLag: 0,
    port,
  });
  return (type: string, properties: Properties): Properties => {
    const changed = standard(type, properties);
    if (
      type === 'AWS::SSM::Parameter' &&
      settings &&
      changed.Name === parameterNames(name, service).settings
    ) {
      return { ...changed, Value: JSON.stringify(settings(JSON.parse(String(changed.Value)))) };
    }
    return patch?.(type, changed) ?? changed;
  };
}
