import { operations } from '../model/operations.ts';
import type { WireRequest } from './message.ts';
import { type OperationSchema, operationSchema, type WireService } from './protocol.ts';

/** Bucket and key of a request: path style, or the bucket as the first part of the host. */
export function addressOf({ host, path }: WireRequest): { bucket: string; key: string } {
  const [, virtual] = /^(.+)\.s3[.-]/.exec(host) ?? [];
  const parts = path.replace(/^\//, '').split('/');
  const bucket = virtual ?? decodeURIComponent(parts.shift() ?? '');
  return { bucket, key: parts.map(decodeURIComponent).join('/') };
}

/** The operation whose method, path and fixed query fit; else a description of the request. */
export function routeRest(request: WireRequest, service: WireService): string {
  const asked = request.query.get('x-id');
  if (asked !== undefined) return asked;
  if (request.headers['x-amz-copy-source'] !== undefined) return 'CopyObject';
  const fitting = operations.s3
    .flatMap((name) => operationSchema(service, name) ?? [])
    .filter((schema) => matchesRoute(request, schema))
    .sort((a, b) => fixedQuery(b).length - fixedQuery(a).length);
  return fitting[0]?.name ?? describe(request);
}

function matchesRoute(request: WireRequest, schema: OperationSchema): boolean {
  const [method, path] = schema.http ?? ['', ''];
  const hasKey = addressOf(request).key !== '';
  return (
    method === request.method &&
    path.startsWith('/{Key+}') === hasKey &&
    fixedQuery(schema).every(([name, value]) => request.query.get(name) === value) &&
    [...request.query.keys()].every((name) => knows(schema, name))
  );
}

function fixedQuery(schema: OperationSchema): [string, string][] {
  const [, text = ''] = (schema.http?.[1] ?? '').split('?');
  return [...new URLSearchParams(text)].filter(([name]) => name !== 'x-id');
}

function knows(schema: OperationSchema, name: string): boolean {
  if (fixedQuery(schema).some(([fixed]) => fixed === name)) return true;
  return Object.values(schema.input.getMemberSchemas()).some(
    (member) => member.getMergedTraits().httpQuery === name,
  );
}

function describe({ method, path, query }: WireRequest): string {
  const names = [...query.keys()].join('&');
  return `${method} ${path}${names && '?'}${names}`;
}
