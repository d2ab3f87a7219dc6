import { get } from 'node:http';

/** One GET; the status, or undefined when nothing answered within the time. */
export function probe(
  host: string,
  port: number,
  path: string,
  timeoutMilliseconds: number,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const request = get({
      host,
      port,
      path,
      signal,
      agent: false,
      headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
    });
    request.once('response', (response) => {
      resolve(response.statusCode);
      response.resume().on('error', () => undefined);
    });
    request.on('error', () => resolve(undefined));
  });
}
