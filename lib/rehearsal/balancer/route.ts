/** Destination of one request, by listener rules, weights and target health. */
export type Route =
  | { to: 'target'; host: string; port: number }
  | { to: 'answer'; status: number; contentType: string; body: string };

export interface RoutedRequest {
  /** Host header. */
  host: string;
  /** Path without the query. */
  path: string;
}

/** Decides about one request; undefined when there is no target for it. */
export type Decide = (request: RoutedRequest) => Route | undefined;
