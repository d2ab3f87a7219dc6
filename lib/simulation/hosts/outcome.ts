/** How building an instance goes on, once it knows its release. */
export interface ScriptedOutcome {
  /** Until its release is started. Seconds. */
  deploySeconds: number;
  outcome: Outcome;
}

export type Outcome =
  | 'ready'
  /** The release does not answer its health check. */
  | 'never healthy'
  /** A command fails that would fail everywhere. */
  | 'command fails'
  /** Something fails that may go well on another instance. */
  | 'breaks'
  /** The machine is gone before it is ready. */
  | 'dies'
  /** Nothing is heard of it again. */
  | 'hangs'
  /** It reports ready, but the load balancer cannot reach it. */
  | 'unreachable';
