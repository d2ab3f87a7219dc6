import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../model/error.ts';
import type { WireRequest } from './message.ts';
import type { Scope } from './scope.ts';

/**
 * Checks the signature (version 4) of a request whose key is known; other keys pass. It finds callers that sign
 * wrongly by themselves, such as curl on an instance.
 */
export function checkSignature(
  request: WireRequest,
  scope: Scope | undefined,
  keys: ReadonlyMap<string, string>,
): void {
  const { authorization, 'x-amz-content-sha256': digest } = request.headers;
  if (!scope || !authorization) return;
  if (scope.service === 's3' && digest === undefined)
    throw new AwsError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  const secret = keys.get(scope.accessKeyId);
  if (secret === undefined) return;
  const given = Buffer.from(partOf(authorization, 'Signature'));
  const computed = Buffer.from(signature(request, authorization, secret));
  if (given.length === computed.length && timingSafeEqual(given, computed)) return;
  throw new AwsError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    403,
  );
}

function signature(request: WireRequest, authorization: string, secret: string): string {
  const [, ...scope] = partOf(authorization, 'Credential').split('/');
  const [date = '', region = '', service = ''] = scope;
  const text = [
    'AWS4-HMAC-SHA256',
    request.headers['x-amz-date'] ?? '',
    scope.join('/'),
    sha256(canonicalRequest(request, partOf(authorization, 'SignedHeaders'))),
  ].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(
    (derived, step) => hmac(derived, step),
    `AWS4${secret}`,
  );
  return hmac(key, text).toString('hex');
}

function canonicalRequest({ method, path, query, headers, body }: WireRequest, signed: string): string {
  const parameters = [...query]
    .map(([name, value]) => [encode(name), encode(value)])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
    .map((pair) => pair.join('='));
  const lines = signed
    .split(';')
    .map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`);
  return [
    method,
    path,
    parameters.join('&'),
    lines.join(''),
    signed,
    headers['x-amz-content-sha256'] ?? sha256(body),
  ].join('\n');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function partOf(authorization: string, name: string): string {
  return new RegExp(`${name}=([^,\\s]+)`).exec(authorization)?.[1] ?? '';
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
