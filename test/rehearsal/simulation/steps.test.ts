import { steps } from '../../../lib/rehearsal/simulation/steps.ts';
import { otherSteps, rolloutSteps, settleSteps } from '../../../lib/rollout/contract.ts';

test('has the code of every step that the workflow names', () => {
  expect(Object.keys(steps).sort()).toEqual([...rolloutSteps, ...settleSteps, ...otherSteps].sort());
  for (const step of Object.values(steps)) expect(step.length).toBe(2);
});
