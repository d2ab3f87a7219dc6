import { Invocation } from '../../lib/simulation/invocation.ts';
import { stepTeller } from '../../lib/simulation/log-events.ts';
import { Story } from '../../lib/simulation/story.ts';
import { VirtualClock } from '../../lib/simulation/virtual-clock.ts';
import { deployed, simulate } from '../support/story/simulate.ts';

test('a step is told when it comes to something else than the last time', () => {
  const story = new Story(() => 0);
  const tell = stepTeller(story);
  const look = new Invocation('check-health', { execution: 'arn:d-1' }, 1, new VirtualClock());
  tell(look, { outcome: 'waiting', because: '0 of 2' });
  tell(look, { outcome: 'waiting', because: '0 of 2' });
  tell(look, { outcome: 'ready', because: '' });
  tell(new Invocation('sweep', {}, 2, new VirtualClock()), null);
  tell(look, new Error('JournalLost: it is closed'));
  expect(story.toString().split('\n')).toEqual([
    '    0.0  d-1 check-health: waiting, 0 of 2',
    '    0.0  d-1 check-health: ready',
    '    0.0  schedule sweep: done',
    '    0.0  d-1 check-health: JournalLost: it is closed',
  ]);
});

test('the story of a deployment names executions, changes, targets and faults', async () => {
  await simulate({}, async (simulation) => {
    simulation.world.faults.next('ssm', 'PutParameter', { delayMilliseconds: 100 });
    await deployed(simulation);
    const story = simulation.story.toString();
    expect(story).toContain('d-1 begins: {"service":"web"}');
    expect(story).toContain('PutParameter: fault {"delayMilliseconds":100}');
    expect(story).toMatch(
      /boot~\d+ CreateAutoScalingGroup AutoScalingGroupName holdfast-prod-web-blue-\S+ MinSize 2/,
    );
    expect(story).toMatch(/target i-\w+ of \S+: initial to healthy/);
    expect(story).toContain('d-1 SUCCEEDED');
    expect(story).not.toContain('Describe');
  });
});
