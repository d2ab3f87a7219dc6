/**
 * The named errors of Holdfast. A name is stable: reports, Fail states and docs/runbook.md use it.
 * A message is one lower-case sentence for the person on call: what was found, what was expected, what to do.
 */
export const errorNames = [
  /** Usage, settings, configuration or workflow input; refused by name. */
  'InvalidInput',
  /** The stored value of a record, settings or journal does not fit its schema. */
  'InvalidRecord',
  /** Nothing is recorded for the service. */
  'NothingRecorded',
  /** A branch or commit that the repository does not have, or a commit that is not on its branch. */
  'UnknownCommit',
  /** An overlay or artifact is missing, differs from its digest, or holds members that leave the tree. */
  'InvalidTarball',
  /** Another release was recorded than the one that was decided by. */
  'RecordChanged',
  /** A release did not answer its health check in time. */
  'NotHealthy',
  /** A command of the service's configuration failed. */
  'CommandFailed',
  /** The machine could not be brought into its role: the provisioner is missing, or a state or task failed. */
  'ProvisionFailed',
  /** A service that was restarted because its files changed did not come back. */
  'ServiceFailed',
  /** Git answered with an error, or could not be reached. */
  'GitFailed',
  /** A disk, quota or file size limit of a machine is full. */
  'DiskFull',
  /** The instance could not build itself for another reason. */
  'BootstrapFailed',
  /** AWS refused or did not answer a call. */
  'AwsFailed',
  /** Another deployment of the service runs. */
  'DeploymentInProgress',
  /** This execution no longer owns the journal. */
  'JournalLost',
  /** Candidate instances failed to build themselves or were not ready in time. */
  'CandidateNotReady',
  /** The load balancer did not find enough healthy targets in time. */
  'NotInService',
  /** The recorded fleet is gone. */
  'FleetMissing',
  /** Reality could not be brought back to the record in time. */
  'SettleOverdue',
] as const;

export type ErrorName = (typeof errorNames)[number];

/** An error with a stable name; `cause` is kept. */
export class HoldfastError extends Error {
  override readonly name: ErrorName;

  constructor(name: ErrorName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The stable name of anything thrown: a Holdfast name, else the given fallback. */
export function nameOf(error: unknown, fallback: ErrorName): ErrorName {
  return error instanceof HoldfastError ? error.name : fallback;
}
