/** Durations that AWS does not document. Milliseconds. */
export interface Timing {
  /** From the launch of an instance until it runs and boots. */
  launch: number;
  /** From the answer of the last lifecycle hook to the next state. */
  proceed: number;
  /** From the registration of a target, or its group's first use, to its first health check. */
  firstCheck: number;
  /** From the change of a rule until the last node of the load balancer goes by it, at most. */
  ruleLag: number;
  /** From the creation of a launch template version until Auto Scaling finds it, or its instance profile. */
  templateLag: number;
  /** From the death of an instance until its group sees it. */
  notice: number;
  /** Before the second launch in a row that follows an abandoned one; doubles up to `mostBackOff`. */
  backOff: number;
  mostBackOff: number;
}

export const defaultTiming: Timing = {
  launch: 500,
  proceed: 100,
  firstCheck: 500,
  ruleLag: 0,
  templateLag: 0,
  notice: 1_000,
  backOff: 30_000,
  mostBackOff: 600_000,
};
