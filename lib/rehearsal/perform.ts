import { type Deployer, deploy } from './deploy.ts';
import type { GitServer } from './git/server.ts';
import type { Act, Expected, Plan } from './plan.ts';
import type { DeploymentReport, RehearsalReport } from './report.ts';
import { scaleOut } from './scale-out.ts';
import type { Timeline } from './timeline.ts';
import { until } from './until.ts';
import { instancesInService, missingSteps, problemsAtRest, problemsOfInstances } from './verify.ts';
import { withoutGit } from './without-git.ts';

export interface Performance extends Deployer {
  plan: Plan;
  timeline: Timeline;
  gitHost: GitServer;
  /** Key of the overlay in the store bucket. */
  overlay?: string;
}

export interface Outcome {
  report: RehearsalReport;
  /** Deviations from the plan, in sentences. */
  problems: string[];
}

/** Carries out the plan, act by act. A failed act ends it, except a refused commit of a list. */
export async function perform(performance: Performance): Promise<Outcome> {
  const { plan, environment, load } = performance;
  const deployments: DeploymentReport[] = [];
  const problems: string[] = [];
  let live: string | undefined;
  for (const [index, act] of plan.acts.entries()) {
    const report = await performAct(performance, act, index + 1);
    if (report) deployments.push(report);
    if (report?.result === 'deployed') live = report.commit;
    if (report?.result === 'refused') await retell(performance, deployments);
    problems.push(...(await problemsAfter(performance, act, report, live)));
    if (problems.length > 0 && !plan.goesOn) break;
  }
  await load.stop();
  const { failed } = load.counts;
  problems.push(...environment.deliveries.problems);
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
    await withoutGit(performance, () => scaleOut(performance));
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
    // A rehearsal shows a deployment, of the release that serves too.
    replace: true,
    by: 'rehearsal',
    reason: `act ${number} of the rehearsal`,
  });
  const { total, failed } = report.requests;
  timeline.say(`${report.result}: ${plan.nameOf(act.commit)}, ${total} requests, ${failed} failed`);
  if (report.error) timeline.say(`  ${report.error}`);
  return report;
}

/** The event of each refused deployment reaches the sweep, which finds everything settled. */
async function retell(
  { environment: { deliveries }, signal }: Performance,
  all: DeploymentReport[],
): Promise<void> {
  const refused = all.filter(({ result }) => result === 'refused').length;
  const options = { what: 'the event of a refused deployment', seconds: 20, signal };
  await until(() => (deliveries.count >= refused ? true : undefined), options);
}

async function problemsAfter(
  { environment, plan }: Performance,
  act: Act,
  report: DeploymentReport | undefined,
  live: string | undefined,
): Promise<string[]> {
  const problems: string[] = [];
  if (act.kind === 'deploy' && report) problems.push(...problemsOfDeployment(act.expected, report, plan));
  if (live === undefined) return problems;
  return [
    ...problems,
    ...problemsAtRest(environment, live),
    ...(await problemsOfInstances(environment, plan, live)),
  ];
}

function problemsOfDeployment(expected: Expected, report: DeploymentReport, plan: Plan): string[] {
  const name = plan.nameOf(report.commit);
  const missing = missingSteps(report);
  const isRight =
    report.result === expected.result &&
    (expected.result === 'deployed' || report.error?.startsWith(`${expected.error}:`));
  const wanted = expected.result === 'deployed' ? 'deployed' : `refused with ${expected.error}`;
  return [
    ...(isRight ? [] : [`${name} was ${report.result} (${report.error ?? 'no error'}), expected ${wanted}`]),
    ...(missing.length > 0 ? [`${name}: the workflow did not take the steps ${missing.join(', ')}`] : []),
  ];
}
