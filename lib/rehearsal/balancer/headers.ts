import type { IncomingMessage } from 'node:http';

/** Who the load balancer says it is when it checks a target. */
export const healthCheckerAgent = 'ELB-HealthChecker/2.0';

/** Headers that belong to one connection and do not pass (RFC 9110, 7.6.1). Transfer-encoding is set anew by Node. */
const ofTheConnection = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade'];

/** Headers for the target: those of the client, without those of its connection, and who it is. */
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

/** Headers for the client: those of the target, without those of its connection. */
export function returnedHeaders(response: IncomingMessage): string[] {
  return headersWithout(response, [...ofTheConnection, 'transfer-encoding']);
}

/** Names and values in turn, as they came, also those that occur twice. */
function headersWithout({ rawHeaders }: IncomingMessage, without: string[]): string[] {
  return rawHeaders.filter((_, index) => {
    const name = rawHeaders[index - (index % 2)] as string;
    return !without.includes(name.toLowerCase());
  });
}
