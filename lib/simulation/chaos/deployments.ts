import { isGit, primaryRepository } from '../../config/repository.ts';
import type { DeploymentInput } from '../../rollout/contract.ts';
import type { Execution } from '../executions.ts';
import type { Outcome } from '../hosts/outcome.ts';
import { type ChaosAction, type ChaosRun, choose } from './stage.ts';

const broken: readonly Outcome[] = [
  'never healthy',
  'command fails',
  'breaks',
  'dies',
  'hangs',
  'unreachable',
];
const overlay = 'overlays/assets.tar.zst';

function start({ simulation }: ChaosRun, input: Partial<DeploymentInput> = {}): string {
  const isSecond = simulation.executions.running().length > 0;
  simulation.deploy(input);
  return isSecond ? 'second deployer' : 'deployment';
}

const deploy: ChaosAction = (stage) => {
  stage.simulation.push();
  return start(stage);
};

/** What serves, once more: nothing to do, or new machines. */
const deployAgain: ChaosAction = (stage, { pick }) => {
  start(stage, pick % 2 === 0 ? { replace: true } : {});
  return 'deployed again';
};

const deployBroken: ChaosAction = (stage, { pick }) => {
  const outcome = choose(broken, pick) ?? 'dies';
  stage.outcomes.set(stage.simulation.push(), outcome);
  start(stage);
  return `release ${outcome}`;
};

const deployOverlay: ChaosAction = (stage) => {
  const { repositories, configuration } = stage.simulation.truth.settings;
  const repository = repositories[primaryRepository(repositories, configuration)];
  if (!repository || !isGit(repository) || repository.overlay === 'none') return undefined;
  putOverlay(stage);
  stage.simulation.push();
  return start(stage, { overlay });
};

/** Uploads another tarball under the same key, or deletes it. Resolved versions stay. */
const loseOverlay: ChaosAction = (stage, { pick }) => {
  const { world, truth } = stage.simulation;
  if (pick % 2 === 0) {
    putOverlay(stage);
    return 'overlay replaced';
  }
  world.s3.deleteObject({ Bucket: truth.settings.bucket, Key: overlay });
  return 'overlay deleted';
};

function putOverlay({ simulation: { world, truth, time } }: ChaosRun): void {
  world.s3.putObject({ Bucket: truth.settings.bucket, Key: overlay, Body: Buffer.from(`at ${time.now()}`) });
}

const stop: ChaosAction = ({ simulation }, { pick }) => {
  const execution = choose(simulation.executions.running(), pick);
  if (execution) simulation.abort(execution);
  return execution && 'execution stopped';
};

const redrive: ChaosAction = ({ simulation }, { pick }) => {
  const execution = choose(simulation.executions.all().filter(endedBadly), pick);
  if (execution) simulation.redrive(execution);
  return execution && 'execution redriven';
};

function endedBadly({ ending }: Execution): boolean {
  return ending !== undefined && ending.status !== 'SUCCEEDED';
}

const settle: ChaosAction = ({ simulation }) => {
  simulation.settle(`by-hand-${simulation.executions.all().length}`);
  return 'settled by hand';
};

const accept: ChaosAction = ({ simulation }) => {
  simulation.settle(`accepted-${simulation.executions.all().length}`, { action: 'accept' });
  return 'accepted by hand';
};

/** Acts of people on deployments. */
export const deployments = {
  deploy,
  'deploy again': deployAgain,
  'deploy broken': deployBroken,
  'deploy overlay': deployOverlay,
  'lose overlay': loseOverlay,
  stop,
  redrive,
  settle,
  accept,
} satisfies Record<string, ChaosAction>;
