import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Longest CGI header; a program that writes more is broken. Bytes. */
const headerBytes = 16_384;

interface Head {
  status: number;
  headers: [string, string][];
  /** Bytes after the header in the same chunk. */
  rest: Buffer;
}

/** Answers a request with a CGI program (RFC 3875): the body goes to its stdin, and its stdout is the response. */
export async function answerWithCgi(
  program: string,
  environment: NodeJS.ProcessEnv,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const child = spawn(program, [], {
    env: { ...requestVariables(request), ...environment },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  response.once('close', () => child.kill());
  child.once('error', () => child.stdout.destroy());
  request.pipe(child.stdin).on('error', () => request.resume());
  const head = await readHead(child.stdout);
  if (!head) {
    response.writeHead(500).end('the git server could not answer\n');
    return;
  }
  response.writeHead(head.status, head.headers.flat());
  response.write(head.rest);
  await pipeline(child.stdout, response).catch(() => child.kill());
}

function requestVariables(request: IncomingMessage): NodeJS.ProcessEnv {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const { headers } = request;
  return {
    GATEWAY_INTERFACE: 'CGI/1.1',
    REQUEST_METHOD: request.method,
    PATH_INFO: decodeURIComponent(pathname),
    QUERY_STRING: search.slice(1),
    CONTENT_TYPE: headers['content-type'] ?? '',
    CONTENT_LENGTH: headers['content-length'] ?? '',
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
    REMOTE_ADDR: request.socket.remoteAddress ?? '',
    SERVER_PROTOCOL: 'HTTP/1.1',
  };
}

async function readHead(stdout: Readable): Promise<Head | undefined> {
  let seen = Buffer.alloc(0);
  while (seen.length < headerBytes) {
    const chunk = await nextChunk(stdout);
    if (!chunk) return undefined;
    seen = Buffer.concat([seen, chunk]);
    const end = seen.indexOf('\r\n\r\n');
    if (end >= 0) return parseHead(seen.subarray(0, end).toString('latin1'), seen.subarray(end + 4));
  }
  return undefined;
}

async function nextChunk(stdout: Readable): Promise<Buffer | undefined> {
  const chunk = stdout.read() as Buffer | null;
  if (chunk) return chunk;
  if (stdout.readableEnded || stdout.destroyed) return undefined;
  await Promise.race(['readable', 'end', 'close'].map((event) => once(stdout, event)));
  return (stdout.read() as Buffer | null) ?? undefined;
}

function parseHead(text: string, rest: Buffer): Head {
  const lines = text.split('\r\n').map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const status = lines.find(([name]) => name.toLowerCase() === 'status')?.[1] ?? '200';
  return {
    status: Number.parseInt(status, 10),
    headers: lines.filter(([name]) => name.toLowerCase() !== 'status'),
    rest,
  };
}
