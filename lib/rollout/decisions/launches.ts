import { HoldfastError } from '../../release/errors.ts';
import { type NotReady, notReady } from './finding.ts';

/** A launch of a group that did not work. */
export interface LaunchFailure {
  /** UTC. */
  at: string;
  /** AWS's own sentence. */
  message: string;
}

/** A sentence may hold an encoded authorization message of several thousand characters. */
const longest = 500;

/** The group's own word for an instance that gave up: its report says more. */
const abandoned = /Lifecycle Action/i;

/** A profile that was made a moment ago is unknown for some seconds. */
const mayPass = /instance profile/i;

/** Failures that the next launch meets again. All others, of capacity and quotas for example, may pass. */
const cannotPass = [
  /architecture .* does not match/i,
  /UnauthorizedOperation|not authorized to/i,
  /InvalidParameter|Invalid value|Value \(.*\) for parameter/i,
  /InvalidAMIID|image id .* does not exist/i,
  /smaller than snapshot/i,
  /Client\.InternalError|Client\.InvalidKMSKey/,
];

/**
 * Adds the newest failed launch since a moment to a finding. Throws when no later launch of the fleet can work.
 */
export function judgeLaunches(
  { because }: NotReady,
  fleet: string,
  failures: readonly LaunchFailure[],
  since: string,
): NotReady {
  const newest = failures.find(({ at, message }) => at >= since && !abandoned.test(message));
  if (!newest) return notReady(because);
  const message = newest.message.slice(0, longest);
  if (canPass(newest)) return notReady(`${because}; the launch at ${newest.at} failed: ${message}`);
  throw new HoldfastError(
    'CandidateNotReady',
    `fleet ${fleet}: a launch failed, and each further one would: ${message} (${because}); correct the image, the instance type or the right that it names, deploy the stack of the service, then deploy again`,
  );
}

function canPass({ message }: LaunchFailure): boolean {
  return mayPass.test(message) || !cannotPass.some((pattern) => pattern.test(message));
}
