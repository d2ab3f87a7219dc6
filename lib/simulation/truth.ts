import type { Parameter } from '@aws-sdk/client-ssm';
import { parameterNames, storeKeys, tags } from '../config/resource-names.ts';
import type { Settings } from '../config/settings.ts';
import type { Group } from '../local-aws/model/auto-scaling/group.ts';
import { weights } from '../local-aws/model/elb/rule.ts';
import type { Target } from '../local-aws/model/elb/target.ts';
import { AwsError } from '../local-aws/model/error.ts';
import type { World } from '../local-aws/world.ts';
import type { DeployedRecord } from '../release/record.ts';
import type { Journal } from '../rollout/journal.ts';

/** The true state of one service of a simulation, which no client can see for sure. */
export class Truth {
  readonly environment: string;
  readonly service: string;
  readonly #world: World;
  readonly #names: ReturnType<typeof parameterNames>;
  readonly #parsed = new Map<string, { of: string; value: unknown }>();
  #bucket: string | undefined;

  constructor(world: World, environment: string, service: string) {
    this.environment = environment;
    this.service = service;
    this.#world = world;
    this.#names = parameterNames(environment, service);
  }

  /** The newest settings. */
  get settings(): Settings {
    const found = this.#parameter<Settings>(this.#names.settings);
    if (!found) throw new Error(`service ${this.service} has no settings`);
    return found.value;
  }

  /** The record in `deployed`, or the last one before somebody wrote garbage; undefined: never deployed. */
  get deployed(): { record: DeployedRecord; version: number } | undefined {
    const name = this.#names.deployed;
    const newest = this.#newest(name);
    const found = newest && (isRecord(newest) ? newest : this.#history(name).findLast(isRecord));
    return (
      found && {
        record: this.#parse(name, String(found.Version), () => found.Value ?? ''),
        version: found.Version ?? 0,
      }
    );
  }

  get journal(): Journal | undefined {
    this.#bucket ??= this.settings.bucket;
    const key = storeKeys.journal(this.service);
    const bucket = this.#bucket;
    const found = orNone('NoSuchKey', () => this.#world.s3.getObject({ Bucket: bucket, Key: key }));
    return found && this.#parse<Journal>(key, found.ETag ?? '', () => Buffer.from(found.Body).toString());
  }

  /** The release that a running deployment may give traffic. */
  get candidate(): DeployedRecord | undefined {
    const { candidate, state } = this.journal ?? {};
    if (!candidate || state !== 'open') return undefined;
    const value = this.#world.ssm.getParameter({ Name: candidate.record }).Parameter?.Value ?? '';
    return this.#parse<DeployedRecord>('candidate', candidate.record, () => value);
  }

  fleets(): Group[] {
    return [...this.#world.autoScaling.fleets.groups.values()].filter(
      (group) => group.tags.get(tags.service)?.value === this.service,
    );
  }

  fleet(name: string | undefined): Group | undefined {
    return this.#world.autoScaling.fleets.groups.get(name ?? '');
  }

  /** The fleet that the record names. */
  get recordedFleet(): Group | undefined {
    return this.fleet(this.deployed?.record.fleet);
  }

  /** Weights of the production rule by target group; empty: a fixed answer; undefined: no load balancer. */
  get weights(): ReadonlyMap<string, number> | undefined {
    const rule = this.settings.balancer?.rule;
    return rule === undefined ? undefined : weights(this.#world.elb.rules.find(rule));
  }

  /** Weights by which nodes of the load balancer send requests: older ones, while they have not applied the newest. */
  get weightsAtNodes(): ReadonlyMap<string, number>[] {
    const arn = this.settings.balancer?.rule;
    if (arn === undefined) return [];
    const { listener } = this.#world.elb.rules.find(arn);
    const rules = this.#world.elb.nodes.views(listener).map((view) => view.find((rule) => rule.arn === arn));
    return rules.map((rule) => (rule ? weights(rule) : new Map()));
  }

  targets(targetGroup: string): Target[] {
    return [...(this.#world.elb.groups.byArn.get(targetGroup)?.targets.values() ?? [])];
  }

  #parameter<T>(name: string): { value: T; version: number } | undefined {
    const found = this.#newest(name);
    if (!found) return undefined;
    const { Value = '', Version = 0, LastModifiedDate } = found;
    // A parameter that was deleted and created again counts from 1 again.
    const written = `${Version} ${Number(LastModifiedDate)}`;
    return { value: this.#parse<T>(name, written, () => Value), version: Version };
  }

  #newest(name: string): Parameter | undefined {
    return orNone('ParameterNotFound', () => this.#world.ssm.getParameter({ Name: name }))?.Parameter;
  }

  /** Oldest first. */
  #history(name: string): Parameter[] {
    return this.#world.ssm.getParameterHistory({ Name: name, MaxResults: 100 }).Parameters ?? [];
  }

  /** Parses a text once as long as `of` stays the same. */
  #parse<T>(what: string, of: string, text: () => string): T {
    const known = this.#parsed.get(what);
    if (known?.of === of) return known.value as T;
    const value = JSON.parse(text()) as T;
    this.#parsed.set(what, { of, value });
    return value;
  }
}

function isRecord({ Value = '' }: Parameter): boolean {
  return Value.startsWith('{"schema":1,"release":');
}

function orNone<T>(code: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AwsError && error.code === code) return undefined;
    throw error;
  }
}
