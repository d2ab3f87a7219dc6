import type { Settings } from '../config/settings.ts';
import type { LaunchedInstance } from '../local-aws/model/hosts.ts';
import type { Timing } from '../local-aws/model/timing.ts';
import type { Release } from '../release/release.ts';
import type { Step } from '../rollout/contract.ts';
import type { Link } from './clients.ts';
import { direct } from './direct-clients.ts';
import type { ScriptedOutcome } from './hosts/outcome.ts';
import { invariants } from './invariants/all.ts';
import type { InvariantOf } from './invariants/invariant.ts';
import type { StepFunction } from './steps.ts';

export interface SimulationOptions {
  /** Folder of the cloud assembly: `cdk.out`. */
  assembly: string;
  /** Name of the environment. */
  environment: string;
  service: string;
  /** Makes the run repeatable. */
  seed: number;
  /** Changes the synthesised settings. */
  settings(settings: Settings): Settings;
  /** Connection of steps and instances to the local AWS. */
  link: Link;
  /** Whether steps, instances and machines are limited to their roles' permissions; over the direct link. */
  checksRights: boolean;
  /** Times of the local AWS. */
  timing: Partial<Timing>;
  /** Time from the start of an instance until its agent runs, in seconds. */
  bootSeconds(instance: LaunchedInstance): number;
  fate(instance: LaunchedInstance, release: Release): ScriptedOutcome;
  /** Time from the call of a function until its code runs, and from its result until the caller has it. */
  transitMilliseconds(step: string): number;
  invariants: readonly InvariantOf[];
  /** Steps that are broken on purpose, to see the invariants fail. */
  steps: Partial<Record<Step, StepFunction>>;
  /** Whether the story is recorded; it takes time. */
  story: boolean;
}

/** Everything succeeds, in usual times. */
export const defaults: Omit<SimulationOptions, 'assembly'> = {
  environment: 'prod',
  service: 'web',
  seed: 1,
  settings: (settings) => settings,
  link: direct,
  checksRights: false,
  timing: { ruleLag: 10_000 },
  bootSeconds: () => 20,
  fate: () => ({ deploySeconds: 10, outcome: 'ready' }),
  transitMilliseconds: () => 50,
  invariants,
  steps: {},
  story: true,
};
