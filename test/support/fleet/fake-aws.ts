import type { Balancer, RuleAction, TargetGroupInfo } from '../../../lib/aws/balancer.ts';
import type { ExecutionStatus, Executions } from '../../../lib/aws/executions.ts';
import type { Groups } from '../../../lib/aws/groups.ts';
import type { FoundInstance } from '../../../lib/aws/instances.ts';
import { storedJournals } from '../../../lib/aws/journals.ts';
import type { Policies } from '../../../lib/aws/policies.ts';
import type { Templates, TemplateVersion } from '../../../lib/aws/templates.ts';
import type { WarmPools } from '../../../lib/aws/warm-pools.ts';
import { HoldfastError } from '../../../lib/release/errors.ts';
import type { Adapters } from '../../../lib/rollout/actions/step-context.ts';
import type { Fleet, Target } from '../../../lib/rollout/decisions/fleet.ts';
import type { LaunchFailure } from '../../../lib/rollout/decisions/launches.ts';
import type { ScalingTarget } from '../../../lib/rollout/decisions/scaling.ts';
import { FakeObjects } from './fake-objects.ts';
import { FakeParameters } from './fake-parameters.ts';

/** What the steps work with, in memory: the truth in plain maps, every mutation in `log`. */
export class FakeAws implements Adapters {
  readonly environment = 'prod';
  readonly bucket = 'store';
  readonly settleMachine = 'arn:aws:states:eu-west-1:123456789012:stateMachine:settle';
  /** Milliseconds since the epoch. */
  time = Date.parse('2026-11-22T10:00:00.000Z');
  /** Mutations in order, as text. */
  readonly log: string[] = [];

  readonly objects = new FakeObjects();
  readonly journals = storedJournals(this.objects);
  readonly parameters = new FakeParameters(this.log);

  readonly fleets = new Map<string, Fleet>();
  /** Target groups that someone deleted. */
  readonly missing = new Set<string>();
  /** Failed launches by group, newest first. */
  readonly launchFailures = new Map<string, LaunchFailure[]>();
  readonly targetsOf = new Map<string, ScalingTarget[]>();
  readonly versions: TemplateVersion[] = [{ version: 1, description: 'build-1' }];
  /** By version of the template; all others have `ami-1`. */
  readonly images = new Map<number, string>();
  readonly launched: FoundInstance[] = [];
  readonly rules = new Map<string, RuleAction>();
  readonly health = new Map<string, Target[]>();
  readonly targetGroups: TargetGroupInfo[] = [];
  readonly status = new Map<string, ExecutionStatus>();
  readonly started: { name: string; input: unknown }[] = [];
  /** Commits by `<url> <branch>`. */
  readonly tips = new Map<string, string>();

  now = () => this.time;
  sleep = async (milliseconds: number) => {
    this.time += milliseconds;
  };

  readonly groups: Groups = {
    get: async (name) => structuredClone(this.fleets.get(name)),
    list: async (environment, service) =>
      [...this.fleets.values()]
        .filter(({ tags }) => tags['holdfast:environment'] === environment)
        .filter(({ tags }) => !service || tags['holdfast:service'] === service)
        .map((group) => structuredClone(group)),
    launchFailures: async (name) => this.launchFailures.get(name) ?? [],
    create: async ({ name, size, max, tags, targetGroups, launchTemplate }) => {
      if (this.fleets.has(name)) return false;
      this.log.push(`create ${name} ${size}/${max} v${launchTemplate.version}`);
      const group = { name, min: size, max, desired: size, tags, launchTemplate };
      this.fleets.set(name, { ...group, instances: [], targetGroups: [...targetGroups], deleting: false });
      return true;
    },
    resize: async (name, sizes) => {
      const { min = '-', max = '-', desired = '-' } = sizes;
      this.log.push(`resize ${name} ${min}/${max}/${desired}`);
      const fleet = Object.assign(this.fleet(name), sizes);
      fleet.desired = Math.min(fleet.max, Math.max(fleet.min, fleet.desired));
    },
    detach: async (name, targetGroups) => {
      this.log.push(`detach ${name} ${targetGroups.join(' ')}`);
      this.fleet(name).targetGroups = [];
    },
    delete: async (name, options) => {
      this.log.push(`delete ${name}${options?.force ? ' by force' : ''}`);
      if (options?.force || this.fleet(name).instances.length === 0) this.fleets.delete(name);
    },
  };

  readonly policies: Policies = {
    get: async (group) => this.targetsOf.get(group) ?? [],
    put: async (group, target) => {
      this.log.push(`policy ${group} ${target.name} ${target.value}`);
      this.targetsOf.set(group, [...(this.targetsOf.get(group) ?? []), target]);
    },
    delete: async (group, name) => {
      this.log.push(`no policy ${group} ${name}`);
      this.targetsOf.set(
        group,
        (this.targetsOf.get(group) ?? []).filter((each) => each.name !== name),
      );
    },
  };

  readonly warmPools: WarmPools = {
    put: async (group, { min, max, state }) => {
      this.log.push(`pool ${group} ${min}/${max ?? '-'} ${state}`);
      const pool = { min, ...(max !== undefined && { max }), state, reuses: false, deleting: false };
      this.fleet(group).warmPool = pool;
    },
    delete: async (group) => {
      this.log.push(`no pool ${group}`);
      const { warmPool } = this.fleet(group);
      if (warmPool) warmPool.deleting = true;
    },
  };

  readonly lifecycle: Adapters['lifecycle'] = {
    complete: async ({ instance }, result) => {
      this.log.push(`${result} ${instance}`);
      return true;
    },
    heartbeat: async () => true,
  };

  readonly templates: Templates = {
    versions: async () => this.versions.toSorted((a, b) => b.version - a.version),
    image: async (_id, version) => this.images.get(version) ?? 'ami-1',
    pin: async ({ source, description }) => {
      const version = Math.max(...this.versions.map((each) => each.version)) + 1;
      this.versions.push({ version, description });
      this.log.push(`pin v${version} from v${source}`);
      return version;
    },
    delete: async (_id, version) => {
      this.log.push(`unpin v${version}`);
      this.versions.splice(
        this.versions.findIndex((each) => each.version === version),
        1,
      );
    },
  };

  readonly instances: Adapters['instances'] = {
    ofDeployment: async () => this.launched,
    console: async (id) => `console of ${id}`,
  };

  readonly balancer: Balancer = {
    action: async (rule) => this.rules.get(rule),
    forward: async (rule, forward) => {
      const weights = forward.map(({ targetGroup, weight }) => `${targetGroup}=${weight}`).join(' ');
      this.log.push(`forward ${rule} ${weights || '503'}`);
      this.rules.set(rule, { forward, sticky: false });
    },
    targets: async (targetGroup) => this.health.get(targetGroup) ?? [],
    exists: async (targetGroup) => !this.missing.has(targetGroup),
    deregister: async (targetGroup, instances) => {
      this.log.push(`deregister ${targetGroup} ${instances.join(' ')}`);
      this.health.delete(targetGroup);
    },
    configure: async (targetGroup) => {
      this.log.push(`configure ${targetGroup}`);
    },
    ofService: async () => this.targetGroups,
    delete: async (targetGroup) => {
      this.log.push(`delete target group ${targetGroup}`);
    },
  };

  readonly executions: Executions = {
    status: async (execution) => this.status.get(execution),
    start: async (_machine, name, input) => {
      if (this.started.some((each) => each.name === name)) return false;
      this.started.push({ name, input });
      return true;
    },
  };

  readonly refs: Adapters['refs'] = {
    tip: async ({ url }, branch) => {
      const tip = this.tips.get(`${url} ${branch}`);
      if (tip !== 'down') return tip;
      throw new HoldfastError('GitFailed', `branch ${branch} of ${url}: no answer`);
    },
  };

  /** A fleet that must be there. */
  fleet(name: string): Fleet {
    const group = this.fleets.get(name);
    if (group) return group;
    throw new Error(`found no group ${name}`);
  }
}
