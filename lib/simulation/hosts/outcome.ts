/** How building an instance continues once it knows its release. */
export interface ScriptedOutcome {
  /** Time until its release is started. Seconds. */
  deploySeconds: number;
  outcome: Outcome;
}

export type Outcome =
  | 'ready'
  /** The release fails its health check. */
  | 'never healthy'
  /** A command fails, as it would everywhere. */
  | 'command fails'
  /** A failure that another instance may not have. */
  | 'breaks'
  /** The machine disappears before it is ready. */
  | 'dies'
  /** The instance is never heard of again. */
  | 'hangs'
  /** It reports ready, but the load balancer cannot reach it. */
  | 'unreachable';
