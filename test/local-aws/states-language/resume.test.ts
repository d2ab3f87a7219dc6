import { interpret } from '../../../lib/local-aws/states-language/interpreter.ts';
import { resumeAt } from '../../../lib/local-aws/states-language/resume.ts';

const definition = JSON.stringify({
  StartAt: 'first',
  States: {
    first: { Type: 'Fail', Error: 'Again', Cause: 'the first state ran again' },
    second: {
      Type: 'Pass',
      Parameters: { 'own.$': '$.own', 'input.$': '$$.Execution.Input.service' },
      End: true,
    },
  },
});

test('goes on in the named state, with its input and the execution’s', async () => {
  const running = interpret(resumeAt(definition, 'second', { own: 1 }), {
    input: { service: 'web' },
    context: { Execution: { Id: 'arn', Name: 'd-1' }, StateMachine: { Id: 'm', Name: 'm' } },
    invoke: () => Promise.reject(new Error('no task')),
  });
  expect(await running.result).toEqual({
    status: 'SUCCEEDED',
    output: JSON.stringify({ own: 1, input: 'web' }),
  });
});
