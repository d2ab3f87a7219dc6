import { SimulatedResponses } from '../../lib/simulation/responses.ts';

test('an answer reaches whoever expects it', async () => {
  const responses = new SimulatedResponses();
  const [one, other] = [responses.expect(), responses.expect()];
  expect(one.url).not.toBe(other.url);
  responses.answer(other.url, { Status: 'FAILED', Reason: 'no' });
  responses.answer(one.url, { Status: 'SUCCESS' });
  responses.answer('simulated:nobody', { Status: 'SUCCESS' });
  expect(await one.body).toEqual({ Status: 'SUCCESS' });
  expect(await other.body).toEqual({ Status: 'FAILED', Reason: 'no' });
});
