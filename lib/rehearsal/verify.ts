import { primaryRepository } from '../config/repository.ts';
import { storeKeys } from '../config/resource-names.ts';
import { messageOf } from '../release/errors.ts';
import { parseReport } from '../release/report.ts';
import { rolloutSteps, settleSteps } from '../rollout/contract.ts';
import { parseJournal } from '../rollout/journal.ts';
import type { LocalEnvironment } from './environment.ts';
import { commitOf, type FleetView, fleetsOf, recordOf } from './fleets.ts';
import type { Plan } from './plan.ts';
import type { DeploymentReport, RehearsalReport } from './report.ts';

/** Time limit of a page. Milliseconds. */
const answerMilliseconds = 10_000;

/** The expected end: one fleet, recorded, with all the traffic, and the journal closed. */
export function problemsAtRest(environment: LocalEnvironment, commit: string): string[] {
  const fleets = fleetsOf(environment);
  const [fleet] = fleets;
  const recorded = commitOf(recordOf(environment), environment);
  return [
    ...(recorded === commit ? [] : [`the record names ${recorded || 'nothing'}, expected ${commit}`]),
    ...(fleets.length === 1 ? [] : [`${fleets.length} fleets are left, expected one`]),
    ...(fleet ? problemsOfFleet(fleet) : []),
    ...problemsOfJournal(environment),
  ];
}

function problemsOfFleet({ group, isRecorded, weight, inService, desired }: FleetView): string[] {
  return [
    ...(isRecorded ? [] : [`fleet ${group} is not the recorded one`]),
    ...(weight === 100 ? [] : [`fleet ${group} has ${weight} % of the traffic, expected all`]),
    ...(inService.length === desired
      ? []
      : [`fleet ${group} has ${inService.length} of ${desired} instances in service`]),
  ];
}

function problemsOfJournal({ world, settings: { bucket }, service }: LocalEnvironment): string[] {
  const key = storeKeys.journal(service);
  const { Body } = world.s3.getObject({ Bucket: bucket, Key: key });
  const { state } = parseJournal(Buffer.from(Body).toString(), key);
  return state === 'closed' ? [] : [`the journal of ${service} is ${state}, expected closed`];
}

/**
 * Steps of the contract that a deployment must take: all of them when it succeeds; evidence and settle when it fails.
 */
export function missingSteps({ result, steps }: DeploymentReport): string[] {
  const expected = result === 'deployed' ? [...rolloutSteps, ...settleSteps] : ['evidence', ...settleSteps];
  const taken = new Set(steps.map(({ name }) => name));
  return expected.filter((name) => !taken.has(name));
}

/** Instances in service, each with the commit that it reported itself. */
export function instancesInService(environment: LocalEnvironment): RehearsalReport['instances'] {
  return fleetsOf(environment).flatMap(({ colour, inService }) =>
    inService.map((id) => ({ id, colour, commit: reportedCommit(environment, id) })),
  );
}

function reportedCommit({ world, settings, service }: LocalEnvironment, instanceId: string): string {
  const { bucket, repositories, configuration } = settings;
  const key = storeKeys.report(service, settings.roleId, instanceId);
  const { Body } = world.s3.getObject({ Bucket: bucket, Key: key });
  const entry = parseReport(Buffer.from(Body).toString(), key).release[
    primaryRepository(repositories, configuration)
  ];
  return entry && 'commit' in entry ? entry.commit : '';
}

/** Asks every instance over HTTP whether it serves the recorded commit. */
export async function problemsOfInstances(
  environment: LocalEnvironment,
  plan: Plan,
  commit: string,
): Promise<string[]> {
  const problems = instancesInService(environment).map(async ({ id, commit: reported }) => {
    if (reported !== commit) return [`instance ${id} reports ${reported || 'nothing'}, expected ${commit}`];
    const url = `http://${environment.hosts.address(id)}:${environment.settings.port}`;
    return problemsOfPages(id, await ask(url + plan.healthPath), await ask(`${url}/`), plan, commit);
  });
  return (await Promise.all(problems)).flat();
}

interface Page {
  /** Undefined: no answer. */
  status: number | undefined;
  body: string;
}

async function ask(url: string): Promise<Page> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(answerMilliseconds) });
    return { status: answer.status, body: await answer.text() };
  } catch (error) {
    return { status: undefined, body: messageOf(error) };
  }
}

function problemsOfPages(id: string, health: Page, page: Page, plan: Plan, commit: string): string[] {
  return [
    ...(health.status === 200
      ? []
      : [`instance ${id} answers ${health.status ?? health.body} on ${plan.healthPath}`]),
    ...(plan.isPageOf?.(commit, page.body) === false
      ? [`instance ${id} serves another page than ${plan.nameOf(commit)}`]
      : []),
  ];
}
