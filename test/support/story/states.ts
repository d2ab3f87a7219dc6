/** States that executions go through until their last one, in order. A test holds each against an execution. */

const rollout = [
  'start',
  'prepare',
  'prepared?',
  'boot',
  'check-health',
  'check-health?',
  'wait after check-health',
  'balanced?',
  'register',
  'check-in-service',
  'check-in-service?',
  'wait after check-in-service',
  'shift',
  'shift?',
];

/** Of settle, where nothing has to be waited for but the end of a fleet. */
const settle = [
  'restore',
  'restore?',
  'wait for the rule',
  'drain',
  'check-drained',
  'check-drained?',
  'terminate',
  'check-terminated',
  'check-terminated?',
  'wait after check-terminated',
  'close',
  'settled',
];

/** The same of a fleet that had traffic: its requests drain. */
const drained = settle.flatMap((state) =>
  state === 'terminate' ? ['wait after check-drained', state] : [state],
);

export const states = {
  'first deployment': [
    ...rollout,
    'record',
    ...settle.filter((state) => state !== 'wait after check-terminated'),
  ],
  'later deployment': [...rollout, 'record', ...drained],
  'overdue deployment': [
    ...rollout.slice(0, rollout.indexOf('balanced?')),
    'overdue',
    'evidence',
    'owner?',
    'answered?',
    ...settle,
  ],
  'settle machine': ['start', 'take-over', 'taken over?', 'wait for late writers', ...drained],
};
