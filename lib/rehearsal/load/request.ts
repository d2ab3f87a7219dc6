import { type Agent, get } from 'node:http';

/** Result of one request. */
export interface Outcome {
  /** HTTP status, or undefined when no complete answer came. */
  status?: number;
  body: string;
  /** Why no complete answer came. */
  problem?: string;
}

/** Sends one GET on a kept connection. Never throws: a broken connection, a cut body and a time-out are results. */
export function request(url: string, agent: Agent, timeoutMilliseconds: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let body = '';
    const fail = (error: Error) => resolve({ body, problem: describe(error, timeoutMilliseconds) });
    get(url, { agent, signal: AbortSignal.timeout(timeoutMilliseconds) }, (response) => {
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.once('error', fail);
    }).once('error', fail);
  });
}

function describe(error: Error & { code?: unknown }, timeoutMilliseconds: number): string {
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return `no answer in ${timeoutMilliseconds} ms`;
  return typeof error.code === 'string' ? error.code : error.message;
}
