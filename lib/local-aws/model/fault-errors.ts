import { AwsError } from './error.ts';
import type { Call } from './faults.ts';

/** Throttling error of each service. */
const throttlingCodes: Record<string, [code: string, status: number]> = {
  s3: ['SlowDown', 503],
  ec2: ['RequestLimitExceeded', 503],
  autoscaling: ['Throttling', 400],
  elasticloadbalancing: ['Throttling', 400],
};

export function throttlingError(service: string): AwsError {
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

/** Access error of services whose protocol is not JSON. */
const deniedCodes: Record<string, string> = {
  s3: 'AccessDenied',
  ec2: 'UnauthorizedOperation',
  autoscaling: 'AccessDenied',
  elasticloadbalancing: 'AccessDenied',
};

export function accessDenied(
  { service, operation }: Pick<Call, 'service' | 'operation'>,
  message = `not authorized to perform: ${service}:${operation}`,
): AwsError {
  const code = deniedCodes[service];
  return code ? new AwsError(code, message, 403) : new AwsError('AccessDeniedException', message, 400);
}
