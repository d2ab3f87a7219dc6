import type { Call } from '../local-aws/model/faults.ts';
import type { SimulatedEnvironment } from './environment.ts';
import type { Execution } from './executions.ts';
import { changes } from './invariant-checker.ts';
import type { Invocation } from './invocation.ts';
import type { Story } from './story.ts';

/** Logs the events of an environment: executions, steps with new findings, changes, targets. */
export function logEvents({ world, executions }: SimulatedEnvironment, story: Story): void {
  executions.told = (execution) => story.tell(aboutExecution(execution));
  world.faults.seen = (call, fault) => {
    if (fault) story.tell(`${call.caller} ${call.operation}: fault ${JSON.stringify(fault)}`);
    else if (changes(call)) story.tell(aboutCall(call));
  };
  world.elb.targets.listeners.add((group, target, from, to) =>
    story.tell(`target ${target.id} of ${group.name}: ${from ?? 'new'} to ${to ?? 'gone'}`),
  );
}

/** Logs the result of a step, unless it is the same as the last time. */
export function stepTeller(story: Story): (invocation: Invocation, result: unknown) => void {
  const last = new Map<string, string>();
  return ({ step, execution }, result) => {
    const who = execution?.split(':').at(-1) ?? 'schedule';
    const line = `${who} ${step}: ${aboutResult(result)}`;
    if (last.get(who) === line) return;
    last.set(who, line);
    story.tell(line);
  };
}

function aboutExecution({ info, ending }: Execution): string {
  if (!ending) return `${info.name} begins: ${info.input}`;
  const why = ending.status === 'FAILED' ? ` ${ending.error}: ${ending.cause}` : '';
  return `${info.name} ${ending.status}${why}`;
}

function aboutResult(result: unknown): string {
  if (result instanceof Error) return result.message;
  const { outcome, because } = (result ?? {}) as { outcome?: string; because?: string };
  return [outcome ?? 'done', because].filter(Boolean).join(', ');
}

/** Keys of inputs that describe a change. */
const telling = [
  'AutoScalingGroupName',
  'MinSize',
  'MaxSize',
  'DesiredCapacity',
  'InstanceId',
  'LifecycleActionResult',
  'TargetGroupArn',
  'RuleArn',
  'Actions',
  'Key',
  'Name',
  'name',
  'Versions',
];

function aboutCall({ caller, operation, input }: Call): string {
  const said = telling.filter((key) => input[key] !== undefined).map((key) => `${key} ${text(input[key])}`);
  return `${caller} ${operation} ${said.join(' ')}`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
