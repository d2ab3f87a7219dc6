import { Logger } from '@aws-lambda-powertools/logger';
import type { Deps } from '../steps/deps.ts';
import { connect } from './connect.ts';

/**
 * Makes a step the handler of a Lambda. The adapters are connected with the first event. An error propagates: its name
 * becomes the `Error` of the state.
 */
export function onLambda<Event, Result>(
  step: (event: Event, deps: Deps) => Promise<Result>,
): (event: Event) => Promise<Result> {
  const logger = new Logger({ serviceName: step.name });
  let deps: Deps | undefined;
  return async (event) => {
    deps ??= connect(process.env);
    const result = await step(event, deps);
    logger.info('done', { event, result });
    return result;
  };
}
