import type { Step } from '../../rollout/contract.ts';
import type { Simulation } from '../simulation.ts';
import type { Counter } from './counter.ts';
import { deployments } from './deployments.ts';
import { fleets } from './fleets.ts';
import { outages } from './outages.ts';
import { records } from './records.ts';
import type { Act, ActKind } from './schedule.ts';
import type { ChaosAction, ChaosRun } from './stage.ts';
import { updates } from './updates.ts';

/** The git host goes down, or comes back. */
const git: ChaosAction = ({ simulation }) => {
  simulation.git.isDown = !simulation.git.isDown;
  return simulation.git.isDown ? 'git server down' : undefined;
};

const doings: Record<ActKind, ChaosAction> = {
  ...deployments,
  ...fleets,
  ...updates,
  ...records,
  ...outages,
  git,
};

/** Longest wait for a step. Milliseconds. */
const patience = 150_000;

/** Waits for the moment of an act, then carries it out. */
export async function perform(stage: ChaosRun, act: Act, tally: Counter): Promise<void> {
  const { simulation } = stage;
  if (act.at) await untilStep(simulation, act.at);
  await simulation.time.advance(act.milliseconds);
  const done = doings[act.kind](stage, act);
  if (done === undefined) return;
  simulation.story.tell(`*** ${act.kind}: ${done}`);
  tally.add(done);
}

/** Lets time pass until a step of any execution calls AWS. */
async function untilStep(simulation: Simulation, step: Step): Promise<void> {
  const { time, world } = simulation;
  let cancel = () => {};
  const called = new Promise<void>((resolve) => {
    const remove = world.faults.add(({ caller }) => {
      if (simulation.invocation(caller)?.step === step) resolve();
      return undefined;
    });
    const late = time.after(patience, resolve);
    cancel = () => {
      remove();
      late();
    };
  });
  await time.until(called);
  cancel();
}
