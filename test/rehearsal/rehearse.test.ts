import { rolloutSteps, ruleWait, settleSteps } from '../../lib/rollout/contract.ts';
import { Command, type Finished } from '../support/rehearsal/command.ts';

jest.setTimeout(400_000);

/** Steps and the wait, as the timeline shows them. */
const settle = settleSteps.flatMap((step) => (step === 'drain' ? [ruleWait, step] : [step]));

describe('the built-in rehearsal', () => {
  const command = new Command();
  let finished: Finished;

  beforeAll(async () => {
    command.start();
    finished = await command.end();
  });
  afterAll(() => command.close());

  it('goes as asked', () => {
    expect(finished.output).toContain('rehearsal passed');
    expect(finished.code).toBe(0);
  });

  it('deploys v1 and v2 and refuses v3', () => {
    const { deployments = [] } = finished.report ?? {};
    expect(deployments.map(({ result }) => result)).toEqual(['deployed', 'deployed', 'refused']);
    expect(deployments[2]?.error).toMatch(/^NotHealthy: .*status 500/);
    expect(new Set(deployments.map(({ commit }) => commit)).size).toBe(3);
  });

  it('runs every step of the workflow', () => {
    const [first] = finished.report?.deployments ?? [];
    expect(first?.steps.map(({ name }) => name)).toEqual([...rolloutSteps, ...settle]);
    expect(finished.report?.deployments[2]?.steps.map(({ name }) => name)).toEqual([
      'prepare',
      'boot',
      'check-health',
      'evidence',
      ...settle,
    ]);
  });

  it('gives the load balancer time before the old fleet leaves', () => {
    const [, second] = finished.report?.deployments ?? [];
    const { seconds = 0 } = second?.steps.find(({ name }) => name === ruleWait) ?? {};
    expect(seconds).toBeGreaterThanOrEqual(2);
  });

  it('loses no request, under load all the time', () => {
    const { deployments = [] } = finished.report ?? {};
    for (const { requests, steps } of deployments.slice(1)) {
      const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
      expect(requests.failed).toBe(0);
      expect(requests.total).toBeGreaterThan(50 * seconds - 50);
    }
  });

  it('ends with three instances of v2: two, and one that was added', () => {
    const { deployments = [], instances = [] } = finished.report ?? {};
    expect(instances).toHaveLength(3);
    for (const { colour, commit } of instances) {
      expect([colour, commit]).toEqual(['green', deployments[1]?.commit]);
    }
  });

  it('adds it while the git host is away: from the archives that the others kept', () => {
    expect(finished.output).toContain('one more instance for the live fleet, while the git host is away');
  });

  it('shows who is live, with weights, instances, requests and failures', () => {
    expect(finished.output).toMatch(
      /blue live [0-9a-f]{8} 100 %, 2 of 2 in service \| \d+ requests\/s, 0 failed/,
    );
    expect(finished.output).toMatch(/green [0-9a-f]{8} 0 %, 0 of 3 in service/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: plain text is what is meant
    expect(finished.output).not.toMatch(/[\u001b\r]/);
  });

  it('leaves nothing: no process, no file', () => {
    expect(finished.leftProcesses).toEqual([]);
    expect(finished.leftFiles).toEqual([]);
  });
});
