import { AwsError } from '../model/error.ts';
import type { WireRequest } from './message.ts';

/** Takes the framing of `aws-chunked` bodies away; checksums of the trailer become headers. */
export function unchunk(request: WireRequest): WireRequest {
  const { headers, body } = request;
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const streamed = headers['x-amz-content-sha256']?.startsWith('STREAMING-') ?? false;
  if (!streamed && !encodings.includes('aws-chunked')) return request;
  const { content, trailer } = readChunks(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  const left = encodings.filter((encoding) => encoding !== 'aws-chunked').join(',');
  return {
    ...request,
    headers: { ...headers, ...trailer, 'content-encoding': left },
    body: content,
  };
}

function readChunks(bytes: Buffer): { content: Buffer; trailer: Record<string, string> } {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const end = bytes.indexOf('\r\n', position);
    if (end < 0) throw incompleteBody();
    const size = Number.parseInt(bytes.toString('latin1', position, end), 16);
    const start = end + 2;
    if (size === 0)
      return { content: Buffer.concat(chunks), trailer: readTrailer(bytes.toString('latin1', start)) };
    if (!(start + size + 2 <= bytes.length)) throw incompleteBody();
    chunks.push(bytes.subarray(start, start + size));
    position = start + size + 2;
  }
}

function readTrailer(text: string): Record<string, string> {
  const lines = text.split('\r\n').filter((line) => line.includes(':'));
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

function incompleteBody(): AwsError {
  return new AwsError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  );
}
