/** Time of the local AWS: real, or virtual for simulated hosts. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `then` after `milliseconds`; the result cancels it. */
  after(milliseconds: number, then: () => void): () => void;
}
