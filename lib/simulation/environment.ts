import { attempts } from '../aws/connection.ts';
import { lifecycleActions } from '../aws/lifecycle.ts';
import { s3Objects } from '../aws/objects.ts';
import { ssmParameters } from '../aws/parameters.ts';
import { parseSettings, writtenSettings } from '../config/settings.ts';
import { deployStacks } from '../local-aws/cloudformation/deploy.ts';
import type { Properties } from '../local-aws/cloudformation/resource.ts';
import { mayCall } from '../local-aws/states-language/may-call.ts';
import { workflowRunner } from '../local-aws/states-language/runner.ts';
import { World } from '../local-aws/world.ts';
import { type AdapterContext, adapters } from './adapters.ts';
import { simulationAssembly } from './assembly.ts';
import { Executions } from './executions.ts';
import { SimulatedFunctions } from './functions.ts';
import { SimulatedGit } from './git.ts';
import type { InstanceContext } from './hosts/instance-context.ts';
import { SimulatedHosts } from './hosts/simulated-hosts.ts';
import type { SimulationOptions } from './options.ts';
import { type Caller, Process } from './process.ts';
import { SimulatedResponses } from './responses.ts';
import type { Runs } from './runs.ts';
import { steps } from './steps.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Listeners to an environment. */
export interface Listeners {
  runs: Pick<Runs, 'noteBegin' | 'noteEnd'>;
  /** An instance starts or stops serving. */
  changed(instanceId: string): void;
}

/** An environment of Holdfast in virtual time, with its stacks deployed and nothing released. */
export class SimulatedEnvironment {
  readonly time: VirtualTime;
  readonly git = new SimulatedGit();
  readonly executions = new Executions();
  readonly hosts: SimulatedHosts;
  readonly world: World;
  readonly #options: SimulationOptions;
  readonly #functions: SimulatedFunctions;
  readonly #responses = new SimulatedResponses();
  readonly #ends: (() => void)[] = [];

  constructor(time: VirtualTime, options: SimulationOptions, listeners: Listeners) {
    this.time = time;
    this.#options = options;
    this.hosts = new SimulatedHosts({
      clock: time,
      bootSeconds: options.bootSeconds,
      fate: options.fate,
      surroundings: ({ id }) => this.#around(new Process(id, attempts.instance)),
      kill: (id) => this.world.ec2.instances.terminate(id),
      changed: listeners.changed,
    });
    const { account = '', region = '' } = this.#assembly.stacks[0] ?? {};
    this.world = new World({
      clock: time,
      hosts: this.hosts,
      place: { account, region },
      timing: options.timing,
      checksRights: options.checksRights,
    });
    this.#functions = new SimulatedFunctions({
      runs: listeners.runs,
      steps: { ...steps, ...options.steps },
      clock: time,
      responses: this.#responses,
      transitMilliseconds: options.transitMilliseconds,
      connect: ({ process, step }, variables) => {
        this.world.iam.act(process.name, `holdfast-${options.environment}-${step}`);
        return this.#adapters(process, variables);
      },
    });
    const workflow = workflowRunner(
      this.#functions,
      (...event) => this.executions.noteState(...event),
      options.checksRights ? mayCall(this.world.iam) : undefined,
    );
    this.world.stepFunctions.runner = this.executions.around(workflow.run);
    this.#ends.push(() => workflow.close());
  }

  /** Deploys the stacks as synthesised, except for the settings. */
  async deployStacks(): Promise<void> {
    const { world } = this;
    const options = {
      assembly: this.#assembly,
      world,
      functions: this.#functions,
      responses: this.#responses,
    };
    const patch = (type: string, properties: Properties) => this.#patch(type, properties);
    const end = await this.time.until(deployStacks({ ...options, patch }));
    this.#ends.push(end);
  }

  /** Ends everything that still runs. */
  close(): void {
    for (const end of this.#ends) end();
    this.world.close();
  }

  get #assembly() {
    const { assembly, environment, service, checksRights } = this.#options;
    return simulationAssembly(assembly, environment, [service], checksRights);
  }

  #patch(type: string, properties: Properties): Properties {
    if (type !== 'AWS::SSM::Parameter' || !String(properties.Name).endsWith('/settings')) return properties;
    const what = `parameter ${properties.Name}`;
    const settings = this.#options.settings(parseSettings(String(properties.Value), what));
    return { ...properties, Value: JSON.stringify(writtenSettings(settings)) };
  }

  #adapters(caller: Caller, variables: Record<string, string>) {
    const place: AdapterContext = {
      environment: variables.HOLDFAST_ENVIRONMENT ?? '',
      bucket: variables.HOLDFAST_BUCKET ?? '',
      settleMachine: variables.HOLDFAST_SETTLE_MACHINE ?? '',
      refs: this.git,
      now: () => this.time.now(),
      sleep: (milliseconds) => this.time.sleep(milliseconds),
    };
    return adapters(this.#options.link.connect(this.world, caller), place);
  }

  #around(process: Process): InstanceContext {
    const clients = this.#options.link.connect(this.world, process);
    return {
      parameters: ssmParameters(clients.ssm),
      objects: (bucket) => s3Objects(clients.s3, bucket),
      lifecycle: lifecycleActions(clients.autoScaling),
      now: () => this.time.now(),
      sleep: (milliseconds) => this.time.sleep(milliseconds),
      holds: (...commit) => this.git.holds(...commit),
      end: () => process.die(),
    };
  }
}
