import { Logger } from '@aws-lambda-powertools/logger';
import { type ClientOptions, lambdaConnection } from './connect.ts';

/**
 * Makes a step the handler of a Lambda. `connect` makes its adapters when the first event arrives. An error
 * propagates: its name becomes the `Error` of the state.
 */
export function onLambda<Event, Result, StepNeeds>(
  step: (event: Event, deps: StepNeeds) => Promise<Result>,
  connect: (options: ClientOptions) => NoInfer<StepNeeds>,
): (event: Event) => Promise<Result> {
  const logger = new Logger({ serviceName: step.name });
  let deps: StepNeeds | undefined;
  return async (event) => {
    deps ??= connect(lambdaConnection(process.env));
    const result = await step(event, deps);
    logger.info('done', { event, result });
    return result;
  };
}
