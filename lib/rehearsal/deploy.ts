import type { DeploymentInput } from '../rollout/contract.ts';
import type { LocalEnvironment } from './environment.ts';
import { countsBetween, type Load } from './load/load.ts';
import type { DeploymentReport } from './report.ts';
import { until } from './until.ts';
import type { Watcher } from './watcher.ts';

export interface Deployer {
  environment: LocalEnvironment;
  load: Load;
  watcher: Watcher;
  signal: AbortSignal;
}

/** Starts the rollout machine, as CI does, and waits for its end. */
export async function deploy(
  { environment, load, watcher, signal }: Deployer,
  name: string,
  input: DeploymentInput & { commit: string },
): Promise<DeploymentReport> {
  const { stepFunctions } = environment.world;
  const before = load.counts;
  const { executionArn = '' } = stepFunctions.startExecution({
    stateMachineArn: rolloutMachine(environment),
    name,
    input: JSON.stringify(input),
  });
  const look = () => {
    const execution = stepFunctions.describeExecution({ executionArn });
    return execution.status === 'RUNNING' ? undefined : execution;
  };
  const seconds = longestDeployment(environment);
  const ended = await until(look, { what: `the end of deployment ${name}`, seconds, signal });
  return {
    commit: input.commit,
    result: ended.status === 'SUCCEEDED' ? 'deployed' : 'refused',
    ...(ended.status !== 'SUCCEEDED' && { error: `${ended.error ?? ended.status}: ${causeOf(ended.cause)}` }),
    steps: watcher.stepsOf(executionArn, Number(ended.stopDate ?? Date.now())),
    requests: countsBetween(before, load.counts),
  };
}

function rolloutMachine({ world, name }: LocalEnvironment): string {
  const { region, account } = world.place;
  return `arn:aws:states:${region}:${account}:stateMachine:holdfast-${name}-rollout`;
}

/** Every wait of the workflow at its longest, plus a minute for the steps themselves. */
function longestDeployment({ settings: { rollout } }: LocalEnvironment): number {
  const { readySeconds, inServiceSeconds, restoreSeconds, ruleSeconds, drainSeconds, terminateSeconds } =
    rollout;
  return (
    readySeconds + inServiceSeconds + restoreSeconds + ruleSeconds + drainSeconds + terminateSeconds + 60
  );
}

/** A cause is a sentence, or the whole answer of a Lambda as JSON. */
function causeOf(cause: string | undefined): string {
  try {
    const { errorMessage } = JSON.parse(cause ?? '') as { errorMessage?: string };
    return errorMessage ?? cause ?? '';
  } catch {
    return cause ?? '';
  }
}
