/** Where the load balancer sends one request, decided by listener rules, weights and target health. */
export type Route =
  | { to: 'target'; host: string; port: number }
  | { to: 'answer'; status: number; contentType: string; body: string };

export interface RoutedRequest {
  /** Host header. */
  host: string;
  /** Path without the query. */
  path: string;
}

/** Decides about one request; undefined when no target is there to take it. */
export type Decide = (request: RoutedRequest) => Route | undefined;
