import type { AwsError } from '../model/error.ts';
import type { WireRequest, WireResponse } from './message.ts';
import type { OperationSchema, WireService } from './operation.ts';

/** How one protocol of AWS puts operations into HTTP. */
export interface Codec {
  /** Name of the operation that a request is for; what it looks like when there is none. */
  operation(request: WireRequest, service: WireService): string;
  decode(request: WireRequest, operation: OperationSchema): object | Promise<object>;
  encode(output: object, operation: OperationSchema, service: WireService, requestId: string): WireResponse;
  error(error: AwsError, request: WireRequest, requestId: string): WireResponse;
}
