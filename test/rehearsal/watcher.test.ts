import { Timeline } from '../../lib/rehearsal/timeline.ts';
import { Watcher } from '../../lib/rehearsal/watcher.ts';

const execution = {
  arn: 'arn:e',
  name: 'one',
  machineArn: 'arn:m',
  roleArn: 'arn:r',
  definition: '',
  input: '',
  startedAt: 0,
};

it('tells why a step waits, whatever the name of the step', () => {
  let text = '';
  const watcher = new Watcher(new Timeline({ write: (more) => (text += more) }, () => 0));
  const output = { wait: { outcome: 'waiting', because: 'fleet web-green has 1 healthy targets' } };
  watcher.seen(execution, { type: 'entered', state: 'shift', at: 0 });
  watcher.seen(execution, { type: 'exited', state: 'shift', at: 10, output });
  expect(text).toContain('fleet web-green has 1 healthy targets');
});

it('shows each step once, why a check waits once for each reason, and instances that fail', () => {
  let text = '';
  const watcher = new Watcher(new Timeline({ write: (more) => (text += more) }, () => 0));
  const wait = (because: string) => ({ wait: { outcome: 'waiting', because } });
  const look = (at: number, because: string) => {
    watcher.seen(execution, { type: 'entered', state: 'check-health', at });
    watcher.seen(execution, { type: 'exited', state: 'check-health', at: at + 10, output: wait(because) });
  };
  look(0, '0 of 2 ready; i-1 Pending');
  look(1000, '0 of 2 ready; i-1 Pending');
  look(2000, '1 of 2 ready');
  watcher.bootFailed('i-2', 'no space left');
  expect(text.split('\n').map((line) => line.slice(10))).toEqual([
    '  check-health',
    '    0 of 2 ready',
    '    1 of 2 ready',
    '  i-2 failed: no space left',
    '',
  ]);
  expect(watcher.stepsOf(execution.arn, 2500)).toEqual([{ name: 'check-health', seconds: 2.5 }]);
  expect(watcher.stepsOf('arn:unknown', 1)).toEqual([]);
});
