/** An empty account at an endpoint that speaks for AWS. */
export interface Asked {
  url: string;
  /** Where an instance would ask for its metadata. */
  metadata: string;
  /** Where load balancers and instances stand. */
  network(): Promise<Network>;
  /** Its time. Milliseconds since the epoch. */
  now(): number;
  /** Lets time pass, where time must pass for something to happen. */
  pass(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

/** Identifiers of what stands there already. */
export interface Network {
  vpc: string;
  subnets: string[];
}

/** Someone who answers as AWS would: the local one, or moto as a second opinion. */
export interface Opinion {
  name: 'the local AWS' | 'moto';
  /** Starts what all stories share. */
  start(): Promise<Opened>;
}

export interface Opened {
  /** A new account for a story. */
  account(): Promise<Asked>;
  close(): Promise<void>;
}
