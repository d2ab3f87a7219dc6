import { isGit, primaryRepository } from '../config/repository.ts';
import { arn } from '../local-aws/model/arns.ts';
import type { Ending } from '../local-aws/model/states/ending.ts';
import type { World } from '../local-aws/world.ts';
import type { DeploymentInput, SettleInput, Step } from '../rollout/contract.ts';
import { SimulatedEnvironment } from './environment.ts';
import type { Execution, Executions } from './executions.ts';
import { commitHash, type SimulatedGit } from './git.ts';
import type { SimulatedHosts } from './hosts/simulated-hosts.ts';
import { InvariantChecker, type Violation } from './invariant-checker.ts';
import type { Scene } from './invariants/invariant.ts';
import type { Invocation } from './invocation.ts';
import { logEvents, stepTeller } from './log-events.ts';
import { isAllOn, Meddling } from './meddling.ts';
import { defaults, type SimulationOptions } from './options.ts';
import { Runs } from './runs.ts';
import { Story } from './story.ts';
import { Truth } from './truth.ts';
import { untilIdle } from './until-idle.ts';
import { VirtualTime } from './virtual-time.ts';

/**
 * One service of an environment in virtual time, checked by the invariants. Close it, because it holds the process's
 * time.
 */
export class Simulation implements Scene {
  readonly time: VirtualTime;
  readonly world: World;
  readonly hosts: SimulatedHosts;
  readonly git: SimulatedGit;
  readonly executions: Executions;
  readonly truth: Truth;
  readonly story: Story;
  readonly #options: SimulationOptions;
  readonly #environment: SimulatedEnvironment;
  #watch: InvariantChecker | undefined;
  readonly #runs: Runs;
  readonly #excused = new Set<string>();
  readonly #meddling = new Meddling();
  #commits = 0;
  #deployments = 0;

  static async start(
    options: Partial<SimulationOptions> & Pick<SimulationOptions, 'assembly'>,
  ): Promise<Simulation> {
    const simulation = new Simulation({ ...defaults, ...options });
    try {
      await simulation.#begin();
      return simulation;
    } catch (error) {
      simulation.close();
      throw error;
    }
  }

  private constructor(options: SimulationOptions) {
    this.#options = options;
    this.time = new VirtualTime(options.seed, () => options.link.settled());
    this.story = new Story(() => this.time.now());
    const tellStep = options.story ? stepTeller(this.story) : () => undefined;
    this.#runs = new Runs(tellStep);
    const environment = new SimulatedEnvironment(this.time, options, {
      runs: this.#runs,
      changed: () => this.#watch?.touch(),
    });
    this.#environment = environment;
    this.world = environment.world;
    this.hosts = environment.hosts;
    this.git = environment.git;
    this.executions = environment.executions;
    this.truth = new Truth(this.world, options.environment, options.service);
  }

  async #begin(): Promise<void> {
    await this.#environment.deployStacks();
    if (this.#options.story) logEvents(this.#environment, this.story);
    for (const repository of Object.values(this.truth.settings.repositories))
      if (isGit(repository)) this.git.push(repository.url, repository.branch, commitHash(0));
    const watch = new InvariantChecker(this, this.#options.invariants, ({ invariant, what }) =>
      this.story.tell(`VIOLATION of ${invariant}: ${what}`),
    );
    this.time.happened = () => watch.glance();
    this.#watch = watch;
  }

  get violations(): readonly Violation[] {
    return this.#watch?.violations ?? [];
  }

  get failures(): number {
    return this.#runs.failures;
  }

  isExcused(instanceId: string): boolean {
    return this.#excused.has(instanceId);
  }

  invocation(caller: string | undefined): Invocation | undefined {
    return this.#runs.find(caller);
  }

  /** Pushes a new commit to the default branch of the service's primary repository, or to another branch. */
  push(branch?: string): string {
    const { repositories, configuration } = this.truth.settings;
    const repository = repositories[primaryRepository(repositories, configuration)];
    if (!repository || !isGit(repository)) throw new Error('the primary repository is not a git repository');
    this.#commits += 1;
    this.git.push(repository.url, branch ?? repository.branch, commitHash(this.#commits));
    return commitHash(this.#commits);
  }

  /** Starts a deployment. */
  deploy(input: Partial<DeploymentInput> & Record<string, unknown> = {}): Execution {
    this.#deployments += 1;
    return this.#execute('rollout', `d-${this.#deployments}`, input);
  }

  /** Starts the settle machine, as the sweep does. */
  settle(name: string, input: Partial<SettleInput> = {}): Execution {
    return this.#execute('settle', name, { reason: name, ...input });
  }

  /** Lets time pass until an execution has ended. */
  ending(execution: Execution): Promise<Ending> {
    return this.time.until(execution.ended);
  }

  /** Lets time pass until a step of an execution begins. */
  begins(execution: Execution, step: Step): Promise<void> {
    return this.time.until(this.#runs.next('begins', step, execution.info.arn));
  }

  /** Lets time pass until a step of an execution is done; a check is done when it finds what it waits for. */
  done(execution: Execution, step: Step): Promise<void> {
    return this.time.until(this.#runs.next('done', step, execution.info.arn));
  }

  /** Stops an execution, as a person does in the console. */
  abort({ info }: Execution): void {
    this.world.stepFunctions.stopExecution({ executionArn: info.arn });
  }

  /** Resumes an execution that ended badly. */
  redrive({ info }: Execution): Execution {
    this.world.stepFunctions.redriveExecution({ executionArn: info.arn });
    return this.executions.get(info.arn);
  }

  /** Sets the desired size of a fleet, as its scaling policy does. */
  scale(fleet: string, desired: number): void {
    this.world.autoScaling.setDesiredCapacity({ AutoScalingGroupName: fleet, DesiredCapacity: desired });
    this.#watch?.look();
  }

  /** Ends an instance from outside, as a hardware failure does. */
  kill(instanceId: string): void {
    this.#excused.add(instanceId);
    this.story.tell(`${instanceId} fails`);
    this.world.ec2.instances.terminate(instanceId);
    this.#watch?.look();
  }

  /** Silences a running instance for a while. */
  silence(instanceId: string, milliseconds: number): void {
    this.#excused.add(instanceId);
    this.story.tell(`${instanceId} goes silent`);
    this.hosts.reach(instanceId, false);
    this.world.clock.after(milliseconds, () => this.hosts.reach(instanceId, true));
    this.#watch?.look();
  }

  /** Changes the weights of the production rule, as a person does in the console. */
  moveWeights(weights: ReadonlyMap<string, number>): void {
    const { balancer } = this.truth.settings;
    if (!balancer) throw new Error('the service has no load balancer');
    const TargetGroups = [...weights].map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
    this.#meddling.begin();
    this.world.elb.modifyRule({
      RuleArn: balancer.rule,
      Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
    });
    this.#watch?.look();
  }

  isMeddled(): boolean {
    return this.#meddling.lasts(this.time.now(), () => {
      const { recordedFleet, weights, weightsAtNodes } = this.truth;
      return isAllOn(recordedFleet, [weights, ...weightsAtNodes]);
    });
  }

  /** Lets time pass until nothing is left to happen, and checks what must hold then. */
  async rest(): Promise<void> {
    await untilIdle(this);
    this.#watch?.rest();
  }

  #execute(machine: string, name: string, input: object): Execution {
    const { environment, service } = this.#options;
    const { executionArn } = this.world.stepFunctions.startExecution({
      stateMachineArn: arn.machine(this.world.place, `holdfast-${environment}-${machine}`),
      name,
      input: JSON.stringify({ service, ...input }),
    });
    return this.executions.get(executionArn ?? '');
  }

  /** Ends everything and restores the process's time. */
  close(): void {
    this.#environment.close();
    this.time.uninstall();
  }
}
