import { AwsError } from '../model/error.ts';
import { accessDenied } from '../model/fault-errors.ts';
import type { Call } from '../model/faults.ts';
import type { Decision } from './decide.ts';
import type { RequiredPermission } from './required-permission.ts';
import type { Session } from './session.ts';

/** Error with which each service refuses unknown credentials. */
const unknownCodes: Readonly<Record<string, [code: string, status: number]>> = {
  s3: ['InvalidAccessKeyId', 403],
  ec2: ['AuthFailure', 401],
  autoscaling: ['InvalidClientTokenId', 403],
  elasticloadbalancing: ['InvalidClientTokenId', 403],
};

export function unknownCaller(service: string, caller: string | undefined): AwsError {
  const [code, status] = unknownCodes[service] ?? ['UnrecognizedClientException', 400];
  return new AwsError(code, `The security token or access key ${caller ?? '(none)'} is not valid.`, status);
}

/** The refusal of a call whose caller lacks a right, in the words of AWS. */
export function permissionDenied(
  call: Call,
  { arn }: Session,
  { action, resource }: RequiredPermission,
  decision: Decision,
): AwsError {
  const why =
    decision === 'denied'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  return accessDenied(
    call,
    `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
  );
}
