import type { IncomingMessage } from 'node:http';

/** User agent of the load balancer's health checks. */
export const healthCheckerAgent = 'ELB-HealthChecker/2.0';

/** Headers of one connection, which are not forwarded (RFC 9110, 7.6.1). Node sets transfer-encoding itself. */
const ofTheConnection = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade'];

/** Headers for the target: the client's without connection headers, and the client's address. */
export function forwardedHeaders(request: IncomingMessage): string[] {
  const { remoteAddress = '', localPort = 0 } = request.socket;
  const known = request.headers['x-forwarded-for'];
  return [
    ...headersWithout(request, [
      ...ofTheConnection,
      'x-forwarded-for',
      'x-forwarded-port',
      'x-forwarded-proto',
    ]),
    ...['X-Forwarded-For', known ? `${known}, ${remoteAddress}` : remoteAddress],
    ...['X-Forwarded-Port', String(localPort)],
    ...['X-Forwarded-Proto', 'http'],
  ];
}

/** Headers for the client: the target's without connection headers. */
export function returnedHeaders(response: IncomingMessage): string[] {
  return headersWithout(response, [...ofTheConnection, 'transfer-encoding']);
}

/** Alternating names and values, in order and with duplicates. */
function headersWithout({ rawHeaders }: IncomingMessage, without: string[]): string[] {
  return rawHeaders.filter((_, index) => {
    const name = rawHeaders[index - (index % 2)] as string;
    return !without.includes(name.toLowerCase());
  });
}
