/**
 * Times of the workflow that no service chooses. The others are rollout settings (lib/config/rollout-times.ts).
 *
 * Worst case of one deployment with the default settings, each wait running to its end:
 *   prepare           settlePatienceSeconds 3600, when an earlier deployment is unsettled 3600
 *   check-health      readySeconds 900, once more when the live fleet grew meanwhile      1800
 *   check-in-service  inServiceSeconds 300, plus readySeconds when it had to raise        1200
 *   late writers      lateWriterSeconds, after a step that ended without an answer           70
 *   restore           restoreSeconds                                                       900
 *   wait for the rule ruleSeconds                                                          30
 *   check-drained     drainSeconds 30 + 120                                                150
 *   check-terminated  terminateSeconds 900 + forceSeconds 300                             1200
 *   total                                                                        8950 s, 150 minutes
 */

/** Longest run of a step's Lambda. */
export const lambdaSeconds = 60;

/**
 * Pause before settling what another execution left, or after a step that ended without an answer: longer than any
 * Lambda can still run.
 */
export const lateWriterSeconds = lambdaSeconds + 10;

/** How long after `since` an execution that Step Functions does not know yet counts as alive. */
export const unknownAliveSeconds = 600;

/** How long a deployment waits for the remains of an earlier one to be settled before it gives up. */
export const settlePatienceSeconds = 3600;

/** Pause between two looks at a journal that is being settled. */
export const settlePollSeconds = 10;

/** A settle execution of one service is started at most once in this time: a failing one does not spin. */
export const settleStartSeconds = 300;

/** How often the schedule sweeps. */
export const sweepMinutes = 5;

/** Longest life of an execution, beyond any worst case that the settings allow. */
export const machineTimeoutHours = 24;

/** Time-out of one request to a git host. */
export const gitSeconds = 20;
