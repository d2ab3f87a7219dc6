import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';

/** Sends one GET on a new connection. Returns the status, or undefined when no answer came in time. */
export function getStatus(
  url: string,
  { milliseconds, userAgent }: { milliseconds: number; userAgent: string },
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const get = url.startsWith('https:') ? getHttps : getHttp;
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(milliseconds)));
    const headers = { 'user-agent': userAgent };
    const request = get(url, { agent: false, signal, headers }, (response) => {
      resolve(response.statusCode);
      response.on('error', () => undefined).resume();
    });
    request.on('error', () => resolve(undefined));
  });
}
