/** One HTTP request with its whole body. */
export interface WireRequest {
  method: string;
  host: string;
  /** Percent-encoded, without the query. */
  path: string;
  query: ReadonlyMap<string, string>;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

export function response(
  status: number,
  headers: Record<string, string>,
  body: string | Uint8Array,
): WireResponse {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return { status, headers, body: bytes };
}
