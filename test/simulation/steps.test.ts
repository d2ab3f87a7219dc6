import { otherSteps, rolloutSteps, settleSteps } from '../../lib/rollout/contract.ts';
import { steps } from '../../lib/simulation/steps.ts';

test('has the code of every step that the workflow names', () => {
  expect(Object.keys(steps).sort()).toEqual([...rolloutSteps, ...settleSteps, ...otherSteps].sort());
  for (const step of Object.values(steps)) expect(step.length).toBe(2);
});
