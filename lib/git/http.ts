import type { GitHttpRequest, GitHttpResponse, HttpClient } from 'isomorphic-git';
import { gitSeconds } from '../rollout/timing.ts';

/**
 * HTTP client for isomorphic-git. Requests have a time limit; a redirect to another host drops the authorization
 * header, and one from HTTPS to anything else is refused.
 */
export const fetchHttp: HttpClient = {
  async request({ url, method = 'GET', headers = {}, body }: GitHttpRequest): Promise<GitHttpResponse> {
    const response = await follow(url, {
      method,
      headers,
      signal: AbortSignal.timeout(gitSeconds * 1000),
      ...(body && { body: await joinChunks(body) }),
    });
    return {
      url: response.url,
      method,
      statusCode: response.status,
      statusMessage: response.statusText,
      headers: Object.fromEntries(response.headers),
      body: readChunks(response),
    };
  },
};

/** Redirects that are followed, as many as git follows at once. */
const mostRedirects = 20;

async function follow(start: string, request: RequestInit): Promise<Response> {
  let from = new URL(start);
  let next = request;
  for (let followed = 0; followed <= mostRedirects; followed += 1) {
    const response = await fetch(from, { ...next, redirect: 'manual' });
    const location = response.headers.get('location');
    if (!redirects.includes(response.status) || location === null) return response;
    await response.body?.cancel();
    const to = new URL(location, from);
    if (from.protocol === 'https:' && to.protocol !== 'https:')
      throw new Error(
        `${from.origin} redirects to ${to.protocol.slice(0, -1)}, expected https; correct the url`,
      );
    next = redirected(next, response.status, from.origin === to.origin);
    from = to;
  }
  throw new Error(`${start} redirects more than ${mostRedirects} times; correct the url`);
}

const redirects = [301, 302, 303, 307, 308];

/** The next request: as the fetch standard has it, POST becomes GET but for 307 and 308. */
function redirected(request: RequestInit, status: number, isSameOrigin: boolean): RequestInit {
  const { body, ...rest } = request;
  const headers = new Headers(rest.headers);
  if (!isSameOrigin) headers.delete('authorization');
  const keeps = status === 307 || status === 308 || rest.method !== 'POST';
  return keeps ? { ...rest, headers, ...(body != null && { body }) } : { ...rest, headers, method: 'GET' };
}

async function joinChunks(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Buffer<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}

async function* readChunks(response: Response): AsyncIterableIterator<Uint8Array> {
  if (response.body) yield* response.body;
}
