import * as z from 'zod';

/** Events that one turn of a wait loop adds to the history of an execution, rounded up. */
const eventsPerTurn = 12;
/** Step Functions ends an execution at 25,000 events. The wait loops may use this many. */
const eventsForLoops = 20_000;

/** AWS's own controllers saw changed weights take some 10 seconds to hold everywhere. */
export const standardRuleSeconds = 30;

const seconds = (least: number, most: number, standard: number, description: string) =>
  z
    .int()
    .min(least)
    .max(most)
    .default(standard)
    .meta({ description: `${description} Seconds. Default: ${standard}.` });

const rolloutTimes = (leastRuleSeconds: number) =>
  z
    .strictObject({
      pollSeconds: seconds(1, 60, 5, 'Pause between two looks of a waiting step.'),
      readySeconds: seconds(
        30,
        7200,
        900,
        'Time for the candidate instances to build themselves and report ready.',
      ),
      ruleSeconds: seconds(
        leastRuleSeconds,
        120,
        standardRuleSeconds,
        'Time that the load balancer has to apply changed weights everywhere, before targets that lost theirs are removed.',
      ),
      inServiceSeconds: seconds(10, 3600, 300, 'Time for the load balancer to find the candidate healthy.'),
      drainSeconds: seconds(
        0,
        3600,
        30,
        'Time that open requests of a removed instance have (deregistration delay).',
      ),
      terminateSeconds: seconds(30, 7200, 900, 'Time for the instances of an old fleet to leave.'),
      restoreSeconds: seconds(
        30,
        7200,
        900,
        'Time for the recorded fleet to be at its needed size when settling.',
      ),
      launchHookSeconds: seconds(
        300,
        7200,
        900,
        'Heartbeat of the launch hook: a launch that stays silent this long is abandoned.',
      ),
      terminateHookSeconds: seconds(
        30,
        7200,
        60,
        'Time a leaving instance has after draining, before it is ended.',
      ),
    })
    .superRefine((rollout, context) => {
      const events = loopEvents(rollout);
      if (events <= eventsForLoops) return;
      context.addIssue({
        code: 'custom',
        path: ['pollSeconds'],
        message: `a longer pause or shorter deadlines: these would write ${events} events into one execution, at most ${eventsForLoops} are allowed`,
        input: rollout.pollSeconds,
      });
    });

/** Times of a deployment. Every wait of the workflow is bounded by one of these. */
export const rolloutSchema = rolloutTimes(1);

/** The same as stored: a rehearsal may have a load balancer that is never late. */
export const storedRolloutSchema = rolloutTimes(0);
export type RolloutSettings = z.infer<typeof rolloutSchema>;

/** Time until a fleet that was deleted by force must be gone, counted from `terminateSeconds`. */
export const forceSeconds = 300;

/**
 * Events of all wait loops of one deployment if each runs to its latest end. A live fleet that grows gives the
 * candidate `readySeconds` once more, both before and after registration.
 */
export function loopEvents(
  rollout: Omit<RolloutSettings, 'launchHookSeconds' | 'terminateHookSeconds' | 'ruleSeconds'>,
): number {
  const waited =
    3 * rollout.readySeconds +
    rollout.inServiceSeconds +
    rollout.restoreSeconds +
    drainDeadlineSeconds(rollout) +
    rollout.terminateSeconds +
    forceSeconds;
  return Math.ceil(waited / rollout.pollSeconds) * eventsPerTurn;
}

/** Deadline of draining: the deregistration delay, which always runs to its end, plus two minutes for the API. */
export function drainDeadlineSeconds(rollout: Pick<RolloutSettings, 'drainSeconds'>): number {
  return rollout.drainSeconds + 120;
}
