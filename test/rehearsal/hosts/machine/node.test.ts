import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { S3 } from '../../../../lib/local-aws/model/s3/s3.ts';
import { isNamedBy, uploadNode } from '../../../../lib/rehearsal/hosts/machine/node.ts';

describe('the Node of a bare machine', () => {
  it('is in the store under the digest of what runs this process', () => {
    const kept = new Map<string, string>();
    const putObject: S3['putObject'] = ({ Bucket, Key, Body = '' }) => {
      kept.set(`${Bucket}/${Key}`, createHash('sha256').update(Body).digest('hex'));
      return {};
    };
    const sha256 = uploadNode({ putObject }, 'bucket');
    expect(sha256).toBe(createHash('sha256').update(readFileSync(process.execPath)).digest('hex'));
    expect([...kept]).toEqual([[`bucket/node/${sha256}`, sha256]]);
  });

  it('is on the image where the user-data does not name it', () => {
    const userData = (text: string) => Buffer.from(text).toString('base64');
    expect(isNamedBy(userData('{"x86_64":"abc"}'), 'abc')).toBe(true);
    expect(isNamedBy(userData('{"x86_64":"abd"}'), 'abc')).toBe(false);
  });
});
