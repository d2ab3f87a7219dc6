import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { primaryRepository } from '../../../lib/config/repository.ts';
import { parameterNames } from '../../../lib/config/resource-names.ts';
import { parseSettings, type Settings } from '../../../lib/config/settings.ts';
import { readAssembly } from '../../../lib/local-aws/cloudformation/assembly.ts';
import type { Properties } from '../../../lib/local-aws/cloudformation/resource.ts';
import { Closers } from '../../../lib/rehearsal/closers.ts';
import { deploy } from '../../../lib/rehearsal/deploy.ts';
import { type LocalEnvironment, startEnvironment } from '../../../lib/rehearsal/environment.ts';
import { buildExample, buildExampleSite } from '../../../lib/rehearsal/example.ts';
import { fleetsOf } from '../../../lib/rehearsal/fleets.ts';
import { type GitServer, startGitServer } from '../../../lib/rehearsal/git/server.ts';
import { hostsKinds } from '../../../lib/rehearsal/hosts/kind.ts';
import type { MachineHosts } from '../../../lib/rehearsal/hosts/machine.ts';
import { Load } from '../../../lib/rehearsal/load/load.ts';
import { shortWaits } from '../../../lib/rehearsal/patch.ts';
import { Timeline } from '../../../lib/rehearsal/timeline.ts';
import { Watcher } from '../../../lib/rehearsal/watcher.ts';
import { Machines, machineKind } from './machines.ts';

const root = join(__dirname, '../../..');
const readySeconds = 180;

interface Served {
  /** Clone urls by name of the repository. */
  urls: Record<string, string>;
  /** What is deployed, by name of the repository. */
  commits: Record<string, string>;
}

/** Writes the stacks of examples/topologies.config.ts into a folder. */
export function synthesise(folder: string): void {
  const env = {
    ...process.env,
    CDK_OUTDIR: folder,
    CDK_VALIDATION: 'false',
    HOLDFAST_CONFIG: 'examples/topologies.config.ts',
  };
  const { status, stderr } = spawnSync(process.execPath, ['dist/bin/app.cjs'], { cwd: root, env });
  if (status !== 0) throw new Error(String(stderr));
}

/** One environment of the topologies on machines; nothing is deployed yet. */
export class Topology extends Machines {
  readonly environment: LocalEnvironment;
  readonly #served: Served;
  readonly #watcher: Watcher;
  readonly #closers: Closers;

  private constructor(
    parts: { environment: LocalEnvironment; hosts: MachineHosts; served: Served; watcher: Watcher },
    closers: Closers,
  ) {
    super(parts.hosts);
    this.environment = parts.environment;
    this.#served = parts.served;
    this.#watcher = parts.watcher;
    this.#closers = closers;
  }

  /** `service`: the one behind the load balancer. */
  static async start(assembly: string, name: string, service: string): Promise<Topology> {
    const closers = new Closers();
    try {
      return new Topology(await build(assembly, name, service, closers), closers);
    } catch (error) {
      await closers.close();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.#closers.close();
  }

  /** Deploys a service through the whole workflow; gives its instances in service. */
  async deploy(service: string): Promise<string[]> {
    const environment = this.of(service);
    const { repositories, configuration } = environment.settings;
    const commit = this.#served.commits[primaryRepository(repositories, configuration)] ?? '';
    const load = new Load({ url: '', rate: 0, connections: 1, timeout: 1 });
    const deployer = { environment, load, watcher: this.#watcher, signal: this.signal };
    const input = { service, branch: 'main', commit, by: 'test', reason: 'test' };
    const report = await deploy(deployer, `test-${service}`, input);
    if (report.result !== 'deployed') throw new Error(`${service}: ${report.error}`);
    return this.instances(service);
  }

  /** Instances of a service that are in service. */
  instances(service: string): string[] {
    return fleetsOf(this.of(service)).flatMap(({ inService }) => inService);
  }

  /** What an instance does, of these units. */
  async active(id: string, units: readonly string[]): Promise<string[]> {
    const { stdout } = await this.try(id, `systemctl is-active ${units.join(' ')}`);
    const states = stdout.split('\n');
    return units.filter((_, index) => states[index] === 'active');
  }

  private of(service: string): LocalEnvironment {
    const { world, name } = this.environment;
    const parameter = parameterNames(name, service).settings;
    const value = world.ssm.getParameter({ Name: parameter }).Parameter?.Value ?? '';
    return { ...this.environment, service, settings: parseSettings(value, parameter) };
  }
}

async function build(assemblyFolder: string, name: string, service: string, closers: Closers) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-topology-'));
  closers.add(() => rmSync(folder, { recursive: true, force: true }));
  const git = await startGitServer(hostsKinds.machine.gateway);
  closers.add(() => git.close());
  const served = await serve(git, folder);
  const watcher = new Watcher(new Timeline({ write: () => undefined }));
  const { kind, hosts } = machineKind();
  const environment = await startEnvironment(
    {
      assembly: readAssembly(assemblyFolder, name),
      name,
      service,
      kind,
      ruleLag: 0,
      patch: (type, properties) => patched(type, properties, served.urls),
      ...watcher,
    },
    closers,
  );
  return { environment, hosts: hosts(), served, watcher };
}

async function serve(git: GitServer, folder: string): Promise<Served> {
  const at = (name: string) => join(folder, name);
  const [site] = await buildExampleSite(at('site'));
  const commits = {
    site: site?.commit ?? '',
    jobs: await buildExample('jobs', at('jobs')),
    states: await buildExample('states', at('states')),
  };
  const urls: Record<string, string> = {};
  for (const name of Object.keys(commits)) urls[name] = await git.serve(name, at(name));
  return { urls, commits };
}

/** Urls of this git host, and short waits, in the settings of every service. Nothing else. */
function patched(type: string, properties: Properties, urls: Served['urls']): Properties {
  if (type !== 'AWS::SSM::Parameter' || !String(properties.Name).endsWith('/settings')) return properties;
  const settings: Settings = JSON.parse(String(properties.Value));
  const repositories = Object.entries(settings.repositories).map(([name, each]) => [
    name,
    { ...each, url: urls[name] },
  ]);
  const changed = {
    ...settings,
    repositories: Object.fromEntries(repositories),
    rollout: { ...shortWaits, readySeconds, ruleSeconds: 0 },
  };
  return { ...properties, Value: JSON.stringify(changed) };
}
