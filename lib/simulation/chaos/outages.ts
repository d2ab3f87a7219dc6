import { accessDenied, internalError, throttlingError } from '../../local-aws/model/fault-errors.ts';
import type { FaultRule } from '../../local-aws/model/faults.ts';
import type { ChaosAction } from './stage.ts';

/** AWS answers nobody for a while: 50 ms to 90 s, moments as likely as minutes. */
function outage(name: string, rule: FaultRule): ChaosAction {
  return ({ simulation: { world, time } }, { amount }) => {
    time.after(Math.round(50 * 1_800 ** amount), world.faults.add(rule));
    return name;
  };
}

/** Acts on AWS as a whole. */
export const outages = {
  'throttle all': outage('all calls throttled', ({ service }) => ({ error: throttlingError(service) })),
  'fail all': outage('all calls fail', () => ({ error: internalError() })),
  'deny all': outage('all calls denied', (call) => ({ error: accessDenied(call) })),
} satisfies Record<string, ChaosAction>;
