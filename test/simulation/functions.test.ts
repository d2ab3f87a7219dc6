import { InvocationError } from '../../lib/local-aws/lambda/function.ts';
import { HoldfastError } from '../../lib/release/errors.ts';
import { SimulatedFunctions } from '../../lib/simulation/functions.ts';
import type { Invocation } from '../../lib/simulation/invocation.ts';
import { SimulatedResponses } from '../../lib/simulation/responses.ts';
import { steps } from '../../lib/simulation/steps.ts';
import { VirtualClock } from '../../lib/simulation/virtual-clock.ts';

const arn = (step: string) => `arn:aws:lambda:eu-west-1:123456789012:function:holdfast-prod-${step}`;

/** Functions whose adapters all fail in the same way. */
function made() {
  const clock = new VirtualClock();
  const responses = new SimulatedResponses();
  const seen: string[] = [];
  const failing = new Proxy(
    {},
    { get: () => () => Promise.reject(new HoldfastError('AwsFailed', 'no answer')) },
  );
  const functions = new SimulatedFunctions({
    clock,
    responses,
    transitMilliseconds: () => 50,
    steps,
    connect: (_: Invocation, variables) => {
      seen.push(`connected to ${variables.HOLDFAST_BUCKET}`);
      const adapters = { journals: failing, rules: failing, parameters: failing };
      return adapters as unknown as ReturnType<
        ConstructorParameters<typeof SimulatedFunctions>[0]['connect']
      >;
    },
    runs: {
      noteBegin: ({ process }) => seen.push(`${process.name} begins`),
      noteEnd: ({ process }) => seen.push(`${process.name} ended`),
    },
  });
  for (const step of ['close', 'listener-rules', 'strange']) {
    const environment = { HOLDFAST_ENVIRONMENT: 'prod', HOLDFAST_BUCKET: 'store' };
    const props = { name: `holdfast-prod-${step}`, arn: arn(step), environment, timeoutSeconds: 60 };
    functions.add({ ...props, folder: '', handler: 'index.handler', memoryMegabytes: 128 } as never);
  }
  return { clock, responses, seen, functions };
}

test('a function runs its step with adapters of its own; its error comes by name', async () => {
  const { clock, functions, seen } = made();
  const call = functions.invoke(`${arn('close')}:1`, { service: 'web', execution: 'arn:d-1' });
  await expect(clock.until(call)).rejects.toMatchObject({ answer: { errorType: 'AwsFailed' } });
  expect(seen).toEqual(['close~1 begins', 'connected to store', 'close~1 ended']);
});

test('an unknown function is refused, one without code fails', async () => {
  const { clock, functions } = made();
  await expect(functions.invoke(arn('other'), {})).rejects.toBeInstanceOf(InvocationError);
  await expect(clock.until(functions.invoke(arn('strange'), {}))).rejects.toThrow(
    'no code of function strange',
  );
});

test('a custom resource answers to the address that came with its event', async () => {
  const { clock, functions, responses } = made();
  const { url, body } = responses.expect();
  const event = { RequestType: 'Create', ResponseURL: url, ResourceProperties: { Environment: 'prod' } };
  await clock.until(functions.invoke(arn('listener-rules'), event));
  expect(await body).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('Service') });
});
