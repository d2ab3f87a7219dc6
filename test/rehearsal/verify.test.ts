import type { DeploymentReport } from '../../lib/rehearsal/report.ts';
import { missingSteps } from '../../lib/rehearsal/verify.ts';
import { rolloutSteps, settleSteps } from '../../lib/rollout/contract.ts';

const report = (result: DeploymentReport['result'], names: readonly string[]): DeploymentReport => ({
  commit: 'c',
  result,
  steps: names.map((name) => ({ name, seconds: 1 })),
  requests: { total: 0, failed: 0 },
});

describe('the steps that a deployment has to take', () => {
  it('are all of them when it was good', () => {
    expect(missingSteps(report('deployed', [...rolloutSteps, ...settleSteps]))).toEqual([]);
    expect(missingSteps(report('deployed', [...rolloutSteps, 'restore']))).toEqual(settleSteps.slice(1));
  });

  it('are evidence and settle when it was refused', () => {
    expect(missingSteps(report('refused', ['prepare', 'evidence', ...settleSteps]))).toEqual([]);
    expect(missingSteps(report('refused', ['prepare', ...settleSteps]))).toEqual(['evidence']);
  });
});
