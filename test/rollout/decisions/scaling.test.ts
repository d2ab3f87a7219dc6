import { scalingChanges, wantedTargets } from '../../../lib/rollout/decisions/scaling.ts';

const behind = {
  rule: 'arn:aws:elasticloadbalancing:eu-west-1:1:listener-rule/app/main/b1/l1/r1',
  targetGroup: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/blue/t1',
};

test('settings ask for CPU, and for requests where there is a load balancer', () => {
  const scaling = { cpuPercent: 60, requestsPerTarget: 500 };
  expect(wantedTargets(scaling, behind)).toEqual([
    { name: 'holdfast-cpu', value: 60 },
    { name: 'holdfast-requests', value: 500, label: 'app/main/b1/targetgroup/blue/t1' },
  ]);
  expect(wantedTargets(scaling, undefined)).toHaveLength(1);
  expect(wantedTargets({}, behind)).toEqual([]);
});

test('only what differs is changed, and what nobody asks for goes', () => {
  const cpu = { name: 'holdfast-cpu', value: 60 };
  expect(scalingChanges([cpu], [cpu])).toEqual({ put: [], remove: [] });
  expect(scalingChanges([{ ...cpu, value: 50 }], [cpu])).toEqual({ put: [cpu], remove: [] });
  expect(scalingChanges([cpu, { name: 'by-hand', value: 1 }], [])).toEqual({
    put: [],
    remove: ['holdfast-cpu', 'by-hand'],
  });
});
