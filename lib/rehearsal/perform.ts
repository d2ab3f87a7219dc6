import { type Deployer, deploy } from './deploy.ts';
import type { Act, Plan } from './plan.ts';
import type { DeploymentReport, RehearsalReport } from './report.ts';
import { scaleOut } from './scale-out.ts';
import type { Timeline } from './timeline.ts';
import { instancesInService, missingSteps, problemsAtRest, problemsOfInstances } from './verify.ts';

export interface Performance extends Deployer {
  plan: Plan;
  timeline: Timeline;
  /** Key of the overlay in the store bucket. */
  overlay?: string;
}

export interface Outcome {
  report: RehearsalReport;
  /** What was not as asked, in sentences. */
  problems: string[];
}

/** Does what the plan says, one act after the other. An act that goes wrong ends it, except a refused commit of a list. */
export async function perform(performance: Performance): Promise<Outcome> {
  const { plan, environment, load } = performance;
  const deployments: DeploymentReport[] = [];
  const problems: string[] = [];
  let live: string | undefined;
  for (const [index, act] of plan.acts.entries()) {
    const report = await performAct(performance, act, index + 1);
    if (report) deployments.push(report);
    if (report?.result === 'deployed') live = report.commit;
    problems.push(...(await problemsAfter(performance, act, report, live)));
    if (problems.length > 0 && !plan.goesOn) break;
  }
  const { failed } = load.counts;
  if (failed > 0) problems.push(`${failed} failed requests: ${load.failures.join(', ')}`);
  return { report: { deployments, instances: instancesInService(environment) }, problems };
}

async function performAct(
  performance: Performance,
  act: Act,
  number: number,
): Promise<DeploymentReport | undefined> {
  const { plan, timeline, environment, overlay } = performance;
  if (act.kind === 'scale-out') {
    timeline.say('scale-out: one more instance for the live fleet');
    await scaleOut(performance);
    return undefined;
  }
  const { branch } = plan;
  const { service } = environment;
  timeline.say(`deployment of ${plan.nameOf(act.commit)}`);
  const report = await deploy(performance, `rehearsal-${number}`, {
    service,
    branch,
    commit: act.commit,
    ...(overlay !== undefined && { overlay }),
    by: 'rehearsal',
    reason: `act ${number} of the rehearsal`,
  });
  const { total, failed } = report.requests;
  timeline.say(`${report.result}: ${plan.nameOf(act.commit)}, ${total} requests, ${failed} failed`);
  if (report.error) timeline.say(`  ${report.error}`);
  return report;
}

async function problemsAfter(
  { environment, plan }: Performance,
  act: Act,
  report: DeploymentReport | undefined,
  live: string | undefined,
): Promise<string[]> {
  const problems: string[] = [];
  if (act.kind === 'deploy' && report) {
    const name = plan.nameOf(act.commit);
    if (report.result !== act.expected)
      problems.push(`${name} was ${report.result}, expected ${act.expected}`);
    const missing = missingSteps(report);
    if (missing.length > 0)
      problems.push(`${name}: the workflow did not take the steps ${missing.join(', ')}`);
  }
  if (live === undefined) return problems;
  return [
    ...problems,
    ...problemsAtRest(environment, live),
    ...(await problemsOfInstances(environment, plan, live)),
  ];
}
