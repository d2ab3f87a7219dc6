import { JsonCodec } from '@smithy/core/protocols';
import type { AwsError } from '../model/error.ts';
import { response, type WireRequest } from './message.ts';
import type { Codec } from './protocol.ts';

/** Timestamps are seconds since the epoch. */
const epochSeconds = 7;
const codec = new JsonCodec({
  timestampFormat: { useTrait: true, default: epochSeconds },
  jsonName: false,
});

/** AWS JSON 1.0 and 1.1: the operation in a header, the input and output as one JSON object. */
export const json: Codec = {
  operation({ headers }) {
    const target = headers['x-amz-target'] ?? '';
    return target.slice(target.lastIndexOf('.') + 1);
  },

  decode: (request, { input }) => codec.createDeserializer().read(input, request.body),

  encode(output, operation, _service, requestId) {
    const serializer = codec.createSerializer();
    serializer.write(operation.output, output);
    return response(200, headers(requestId), operation.output.isUnitSchema() ? '{}' : serializer.flush());
  },

  error: (error, request, requestId) =>
    response(
      error.status,
      { ...headers(requestId), ...queryError(error, request) },
      JSON.stringify({ __type: error.code, message: error.message }),
    ),
};

/** CloudWatch's clients still know errors by their names of the query protocol. */
function queryError(error: AwsError, request: WireRequest): Record<string, string> {
  return request.headers['x-amzn-query-mode'] ? { 'x-amzn-query-error': `${error.code};Sender` } : {};
}

function headers(requestId: string): Record<string, string> {
  return { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId };
}
