import { accessDenied, internalError, throttled } from '../model/fault-errors.ts';
import type { Call, Fault } from '../model/faults.ts';
import { between, choose, type Doing } from './stage.ts';

interface Kind {
  name: string;
  fault(call: Call): Fault;
}

const kinds: readonly Kind[] = [
  { name: 'all calls throttled', fault: ({ service }) => ({ error: throttled(service) }) },
  { name: 'all calls fail', fault: () => ({ error: internalError() }) },
  { name: 'all calls denied', fault: (call) => ({ error: accessDenied(call) }) },
];

/** AWS answers nobody for a while: mostly for a moment, now and then for a minute. */
const outage: Doing = ({ simulation: { world, time } }, { pick, amount }) => {
  const kind = choose(kinds, pick);
  const end = kind && world.faults.add((call) => kind.fault(call));
  if (end) time.after(between(50, 90_000, amount ** 4), end);
  return kind?.name;
};

/** What happens to AWS as a whole. */
export const outages = { outage } satisfies Record<string, Doing>;
