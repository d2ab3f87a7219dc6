import type { AwsError } from '../model/error.ts';
import type { ServiceName } from '../model/operations.ts';
import { wireServices } from './services.ts';

interface ErrorTraits {
  /** Code of the query protocol, where it differs from the name. */
  awsQueryError?: readonly [code: string, status: number];
}

/** Names of the SDK's error classes by the codes on the wire, service by service. */
const names = new Map<ServiceName, Map<string, string>>();

/** An error of the model in the form that the SDK throws. */
export function sdkError(service: ServiceName, operation: string, error: AwsError): Error {
  const name = nameOf(service, operation, error);
  const shown = Object.assign(new Error(error.message, { cause: error }), {
    $fault: error.status < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: error.status },
  });
  shown.name = name;
  return shown;
}

function nameOf(service: ServiceName, operation: string, error: AwsError): string {
  // An answer to HEAD has no body that could say more.
  if (operation.startsWith('Head') && error.status === 404) return 'NotFound';
  const known = names.get(service) ?? errorNames(service);
  names.set(service, known);
  return known.get(error.code) ?? error.code;
}

function errorNames(service: ServiceName): Map<string, string> {
  const found = new Map<string, string>();
  for (const schema of Object.values(wireServices[service].schemas)) {
    if (!Array.isArray(schema) || schema[0] !== -3) continue;
    const code = (schema[3] as ErrorTraits).awsQueryError?.[0];
    if (code !== undefined) found.set(code, String(schema[2]));
  }
  return found;
}
