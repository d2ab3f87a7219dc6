import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { listenerRules } from '../custom-resource/listener-rules.ts';
import { requestOf } from '../custom-resource/protocol.ts';
import type { Clock } from '../local-aws/clock.ts';
import type { FunctionProps } from '../local-aws/lambda/function.ts';
import { type FunctionHost, stripQualifier } from '../local-aws/lambda/functions.ts';
import { messageOf } from '../release/errors.ts';
import type { adapters } from './adapters.ts';
import { Invocation, invocationError } from './invocation.ts';
import type { SimulatedResponses } from './responses.ts';
import type { Runs } from './runs.ts';
import type { StepFunction } from './steps.ts';

type Adapters = ReturnType<typeof adapters>;

export interface SimulatedFunctionsOptions {
  clock: Clock;
  responses: SimulatedResponses;
  /** Adapters of a run; `variables` are its environment. */
  connect(invocation: Invocation, variables: Record<string, string>): Adapters;
  /** Time from the call of a function until its code runs, and from its result until the caller has it. */
  transitMilliseconds(step: string): number;
  runs: Pick<Runs, 'noteBegin' | 'noteEnd'>;
  steps: Readonly<Record<string, StepFunction>>;
}

/** Lambda in a simulation: steps run in this process, each run with its own adapters and time limit. */
export class SimulatedFunctions implements FunctionHost {
  readonly #options: SimulatedFunctionsOptions;
  readonly #functions = new Map<string, FunctionProps>();
  #count = 0;

  constructor(options: SimulatedFunctionsOptions) {
    this.#options = options;
  }

  add(props: FunctionProps): void {
    this.#functions.set(props.arn, props);
  }

  async invoke(arn: string, event: unknown): Promise<unknown> {
    const { clock, runs } = this.#options;
    const props = this.#functions.get(stripQualifier(arn));
    if (!props) throw invocationError('Lambda.ResourceNotFoundException', `function not found: ${arn}`);
    const step = props.name.replace(`holdfast-${props.environment.HOLDFAST_ENVIRONMENT}-`, '');
    this.#count += 1;
    const invocation = new Invocation(step, event, this.#count, clock);
    await this.#transit(step);
    runs.noteBegin(invocation);
    try {
      const result = await invocation.run(props.timeoutSeconds, () => this.#code(invocation, props));
      runs.noteEnd(invocation, result);
      return result;
    } catch (error) {
      runs.noteEnd(invocation, error);
      throw error;
    } finally {
      await this.#transit(step);
    }
  }

  #transit(step: string): Promise<void> {
    return new Promise((resolve) => {
      this.#options.clock.after(this.#options.transitMilliseconds(step), resolve);
    });
  }

  async #code(invocation: Invocation, { environment }: FunctionProps): Promise<unknown> {
    const { step, event } = invocation;
    const adapters = this.#options.connect(invocation, environment);
    if (step === 'listener-rules')
      return this.#resource(event as CloudFormationCustomResourceEvent, adapters);
    const run = this.#options.steps[step];
    if (!run) throw new Error(`the simulation has no code of function ${step}`);
    return await run(event as never, adapters);
  }

  /** The services' custom resource. The answer goes to the URL in the event. */
  async #resource(event: CloudFormationCustomResourceEvent, adapters: Adapters): Promise<void> {
    const { responses } = this.#options;
    const { ResponseURL: url } = event;
    try {
      const { id, attributes = {} } = await listenerRules(adapters)(requestOf(event));
      responses.answer(url, { Status: 'SUCCESS', PhysicalResourceId: id, Data: attributes });
    } catch (error) {
      responses.answer(url, { Status: 'FAILED', Reason: messageOf(error) });
    }
  }
}
