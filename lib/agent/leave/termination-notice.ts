import type { Metadata } from '../../aws/metadata.ts';

/** A notice that the instance is about to end. */
export interface Notice {
  /** Its Auto Scaling group removes it, or EC2 reclaims a spot instance. */
  reason: 'terminated by its group' | 'spot interruption';
  /** When EC2 ends it, milliseconds since the epoch. Left out: when the terminate hook is completed. */
  endsAt?: number;
}

/** The two minutes that EC2 promises, for a notice without a time. */
const spotMilliseconds = 120_000;

/** Why this instance is about to end; undefined: it is not. A spot instance has no time to wait for its group. */
export async function readNotice(metadata: Metadata, now: number): Promise<Notice | undefined> {
  const [action, state] = await Promise.all([
    metadata.get('spot/instance-action'),
    metadata.get('autoscaling/target-lifecycle-state'),
  ]);
  if (action !== undefined) return { reason: 'spot interruption', endsAt: timeOf(action, now) };
  return isEnd(state?.trim()) ? { reason: 'terminated by its group' } : undefined;
}

/** An instance that enters a warm pool is only stopped (`Warmed:Stopped`), unless it ends there. */
function isEnd(state: string | undefined): boolean {
  return state === 'Terminated' || state === 'Warmed:Terminated';
}

function timeOf(action: string, now: number): number {
  const [, time = ''] = /"time"\s*:\s*"([^"]*)"/.exec(action) ?? [];
  const at = Date.parse(time);
  return Number.isNaN(at) ? now + spotMilliseconds : at;
}
