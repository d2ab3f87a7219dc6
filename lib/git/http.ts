import type { GitHttpRequest, GitHttpResponse, HttpClient } from 'isomorphic-git';
import { gitSeconds } from '../rollout/timing.ts';

/**
 * HTTP client for isomorphic-git. Requests have a time limit; a redirect to another host drops the authorization
 * header.
 */
export const fetchHttp: HttpClient = {
  async request({ url, method = 'GET', headers = {}, body }: GitHttpRequest): Promise<GitHttpResponse> {
    const response = await fetch(url, {
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
