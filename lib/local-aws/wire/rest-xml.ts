import type { NormalizedSchema } from '@smithy/core/schema';
import { response, type WireRequest } from './message.ts';
import type { Codec } from './protocol.ts';
import { addressOf, routeRest } from './rest-xml-route.ts';
import { fromText, toText } from './scalar.ts';
import { errorXml, prolog, xmlCodec, xmlDocument } from './xml.ts';

/** S3's REST XML: members in the path, the query, headers and the body, as the schema binds them. */
export const rest: Codec = {
  operation: routeRest,

  async decode(request, { input }) {
    const { bucket, key } = addressOf(request);
    const found: Record<string, unknown> = { Bucket: bucket, Key: key };
    for (const [name, member] of input.structIterator()) {
      const value = bound(request, member) ?? (await payload(request, member));
      if (value !== undefined) found[name] = value;
    }
    return found;
  },

  encode(output, { output: schema, http }, { namespace }, requestId) {
    const headers: Record<string, string> = { 'x-amz-request-id': requestId };
    const members = schema.isUnitSchema() ? [] : [...schema.structIterator()];
    const values = output as Record<string, unknown>;
    for (const [name, member] of members) Object.assign(headers, header(member, values[name]));
    const status = 'ContentRange' in output && output.ContentRange ? 206 : (http?.[2] ?? 200);
    const stream = members.find(([, member]) => member.getMergedTraits().httpPayload);
    if (stream) return response(status, headers, values[stream[0]] as Uint8Array);
    const inBody = members.filter(([, member]) => !isHeader(member)).map(([name]) => [name, values[name]]);
    if (inBody.length === 0) return response(status, headers, '');
    const text = xmlDocument(schema, Object.fromEntries(inBody)).replace(
      /^<[^\s/>]+/,
      `$& xmlns="${namespace}"`,
    );
    return response(status, { ...headers, 'content-type': 'application/xml' }, prolog + text);
  },

  error(error, request, requestId) {
    const bodiless = request.method === 'HEAD' || error.status === 304;
    const text = `${prolog}<Error>${errorXml(error)}<RequestId>${requestId}</RequestId></Error>`;
    const headers = { 'content-type': 'application/xml', 'x-amz-request-id': requestId };
    return response(error.status, headers, bodiless ? '' : text);
  },
};

function bound({ query, headers }: WireRequest, member: NormalizedSchema): unknown {
  const { httpQuery, httpHeader, httpPrefixHeaders } = member.getMergedTraits();
  if (httpPrefixHeaders) return headersWithPrefix(headers, httpPrefixHeaders);
  const text = httpQuery ? query.get(httpQuery) : headers[(httpHeader ?? '').toLowerCase()];
  if (text === undefined || (!httpQuery && !httpHeader)) return undefined;
  return member.isListSchema() ? text.split(/, */) : fromText(member, text);
}

function headersWithPrefix(
  headers: WireRequest['headers'],
  prefix: string,
): Record<string, string> | undefined {
  const found = Object.entries(headers)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value]);
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

async function payload({ body }: WireRequest, member: NormalizedSchema): Promise<unknown> {
  if (!member.getMergedTraits().httpPayload) return undefined;
  if (!member.isStructSchema()) return body;
  return body.length === 0 ? undefined : xmlCodec.createDeserializer().read(member, body);
}

function isHeader(member: NormalizedSchema): boolean {
  const { httpHeader, httpPrefixHeaders } = member.getMergedTraits();
  return httpHeader !== undefined || httpPrefixHeaders !== undefined;
}

function header(member: NormalizedSchema, value: unknown): Record<string, string> {
  const { httpHeader, httpPrefixHeaders: prefix } = member.getMergedTraits();
  if (value === undefined || value === null) return {};
  if (prefix)
    return Object.fromEntries(Object.entries(value).map(([key, text]) => [`${prefix}${key}`, String(text)]));
  return httpHeader === undefined ? {} : { [httpHeader.toLowerCase()]: toText(value) };
}
