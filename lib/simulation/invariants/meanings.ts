/** What each invariant holds, by its name. docs/invariants.md is made of it. */
export const invariantMeanings = {
  capacity:
    'Healthy serving targets are never fewer than needed: as many as the live fleet was asked to have and as configured, as far as they were there.',
  requests:
    'No request goes to an instance that is not healthy, or that runs another release than the recorded one or the candidate’s; somebody answers as soon as something is deployed.',
  commits: 'The record only names a release that carried all traffic; of a worker one whose instances ran.',
  owner:
    'Only the owner of the journal acts. A former owner may finish the one change that it had checked, as long as the new owner has not begun to act.',
  rest: 'In the end all traffic is on the recorded fleet, the fleet has its configured size, nothing else of the service runs, the journal is closed, and every instance reports and runs the record.',
  'warm pools':
    'Only a fleet that was recorded has a warm pool. In the end the recorded fleet has the configured one, full of stopped instances that hold the record.',
} as const;
