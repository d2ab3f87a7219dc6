import { unchunk } from '../../../lib/local-aws/wire/chunked.ts';
import type { WireRequest } from '../../../lib/local-aws/wire/message.ts';

const request = (body: string, headers: Record<string, string>): WireRequest => ({
  method: 'PUT',
  host: 'localhost',
  path: '/b/k',
  query: new Map(),
  headers,
  body: Buffer.from(body),
});
const streaming = {
  'content-encoding': 'gzip,aws-chunked',
  'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
};

describe('aws-chunked bodies', () => {
  test('lose their framing; the trailer becomes headers', () => {
    const { body, headers } = unchunk(
      request(
        '5\r\nhello\r\n6;chunk-signature=abc\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n',
        streaming,
      ),
    );
    expect(Buffer.from(body).toString()).toBe('hello world');
    expect(headers['x-amz-checksum-crc32']).toBe('DUoRhQ==');
    expect(headers['content-encoding']).toBe('gzip');
  });

  test('others stay as they are', () => {
    const plain = request('5\r\nhello\r\n0\r\n\r\n', {});
    expect(unchunk(plain)).toBe(plain);
  });

  test.each(['5\r\nhel', '5\r\nhello', '', 'x\r\n'])('refuses one that was cut: %j', (body) => {
    expect(() => unchunk(request(body, streaming))).toThrow('number of bytes specified');
  });
});
