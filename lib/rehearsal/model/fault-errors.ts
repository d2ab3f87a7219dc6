import { AwsError } from './error.ts';
import type { Call } from './faults.ts';

/** How each service says "slow down". */
const throttlingCodes: Record<string, [code: string, status: number]> = {
  s3: ['SlowDown', 503],
  ec2: ['RequestLimitExceeded', 503],
  autoscaling: ['Throttling', 400],
  elasticloadbalancing: ['Throttling', 400],
};

export function throttled(service: string): AwsError {
  const [code, status] = throttlingCodes[service] ?? ['ThrottlingException', 400];
  return new AwsError(code, 'Rate exceeded', status);
}

export function internalError(): AwsError {
  return new AwsError(
    'InternalFailure',
    'The request processing has failed because of an unknown error',
    500,
  );
}

export function accessDenied(call: Pick<Call, 'service' | 'operation'>): AwsError {
  const status = call.service === 's3' ? 403 : 400;
  const codes: Record<string, string> = {
    s3: 'AccessDenied',
    ec2: 'UnauthorizedOperation',
    autoscaling: 'AccessDenied',
    elasticloadbalancing: 'AccessDenied',
  };
  return new AwsError(
    codes[call.service] ?? 'AccessDeniedException',
    `not authorized to perform: ${call.service}:${call.operation}`,
    status,
  );
}
