import { NormalizedSchema } from '@smithy/core/schema';
import type { AwsError } from '../model/error.ts';
import type { WireRequest, WireResponse } from './message.ts';

/** An operation as the SDK's own schemas describe it. */
export interface OperationSchema {
  name: string;
  input: NormalizedSchema;
  output: NormalizedSchema;
  /** `[method, path, status]` of REST operations. */
  http: readonly [string, string, number] | undefined;
}

/** Protocol data of one service. */
export interface WireService {
  /** The SDK client's module: it exports the schema of each operation as `NAME$`. */
  schemas: Readonly<Record<string, unknown>>;
  codec: Codec;
  /** XML namespace of answers. */
  namespace: string;
}

/** One of AWS's protocols: how operations become HTTP messages. */
export interface Codec {
  /** Name of the request's operation; a description of the request when there is none. */
  operation(request: WireRequest, service: WireService): string;
  decode(request: WireRequest, operation: OperationSchema): object | Promise<object>;
  encode(output: object, operation: OperationSchema, service: WireService, requestId: string): WireResponse;
  error(error: AwsError, request: WireRequest, requestId: string): WireResponse;
}

type StaticOperation = readonly [
  kind: 9,
  namespace: string,
  name: string,
  traits: unknown,
  input: () => never,
  output: () => never,
];

const read = new WeakMap<object, OperationSchema>();

/** The schema of an operation, or undefined when the SDK has none of this name. */
export function operationSchema(service: WireService, name: string): OperationSchema | undefined {
  const found = service.schemas[`${name}$`] as StaticOperation | undefined;
  if (!Array.isArray(found) || found[0] !== 9) return undefined;
  const known = read.get(found);
  if (known) return known;
  const [, , , traits, input, output] = found as StaticOperation;
  const schema = {
    name,
    input: NormalizedSchema.of(input),
    output: NormalizedSchema.of(output),
    http: (traits as { http?: OperationSchema['http'] } | 0 | undefined)
      ? (traits as { http?: OperationSchema['http'] }).http
      : undefined,
  };
  read.set(found, schema);
  return schema;
}
