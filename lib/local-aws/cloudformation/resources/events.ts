import type { CloudEvent } from '../../model/events/events.ts';
import { matches, type Pattern } from '../event-pattern.ts';
import { arn, type Created, generatedName, type Properties, type ResourceContext } from '../resource.ts';

interface Target {
  Arn: string;
  /** JSON text that the target gets instead of the event. */
  Input?: string;
}

const unitMilliseconds: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** AWS::Events::Rule: by pattern or by schedule. */
export function eventRule(properties: Properties, place: ResourceContext): Created {
  const {
    EventPattern,
    ScheduleExpression,
    Targets = [],
  } = properties as {
    EventPattern?: Pattern;
    ScheduleExpression?: string;
    Targets?: Target[];
  };
  const { events } = place.world;
  const tell = (event: unknown) => {
    for (const target of Targets) deliver(target, event, place);
  };
  if (EventPattern) {
    const listener = (event: CloudEvent) => (matches(EventPattern, event) ? tell(event) : undefined);
    place.atEnd(events.subscribe(listener));
  }
  if (ScheduleExpression)
    place.atEnd(events.every(period(ScheduleExpression), () => tell({ source: 'aws.events' })));
  const name = String(properties.Name ?? generatedName(place, 64));
  const ruleArn = arn(place, 'events', `rule/${name}`);
  for (const { Arn } of Targets.filter(isFunction)) {
    const wanted = { functionArn: Arn, principal: 'events.amazonaws.com', sourceArn: ruleArn };
    place.world.iam.invocations.expectCall(wanted);
  }
  return { ref: name, attributes: { Arn: ruleArn } };
}

/** AWS::Scheduler::Schedule */
export function schedule(properties: Properties, place: ResourceContext): Created {
  const { ScheduleExpression, Target } = properties as { ScheduleExpression: string; Target: Target };
  const name = String(properties.Name ?? generatedName(place, 64));
  place.atEnd(place.world.events.every(period(ScheduleExpression), () => deliver(Target, {}, place)));
  return { ref: name, attributes: { Arn: arn(place, 'scheduler', `schedule/default/${name}`) } };
}

/** Delivers to functions only; other targets, such as topics, get nothing. */
function deliver(
  { Arn, Input }: Target,
  event: unknown,
  { functions, deliver: hand }: ResourceContext,
): void {
  if (!isFunction({ Arn })) return;
  const input = Input === undefined ? event : JSON.parse(Input);
  if (hand) hand(Arn, input);
  else functions.invoke(Arn, input).catch(() => undefined);
}

function isFunction({ Arn }: Target): boolean {
  return Arn.includes(':lambda:');
}

/** `rate(5 minutes)` in milliseconds. */
function period(expression: string): number {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const milliseconds = Number(count) * (unitMilliseconds[unit] ?? Number.NaN);
  if (milliseconds > 0) return milliseconds;
  throw new Error(`the rehearsal knows schedules such as rate(5 minutes), found ${expression}`);
}
