/** Who may write a stream: one process at a time. */
export interface LeaseOwner {
  host: string;
  pid: number;
  /** Unique to the process: a process id comes back, this does not. */
  nonce: string;
}

/** A claim to a stream, for a time. */
export interface Lease {
  stream: string;
  /** Grows by one with each new owner: the fence. */
  epoch: number;
  owner: LeaseOwner;
  /** Milliseconds since 1970, by the clock of the store that renewed it. */
  renewedAt: number;
  /** From here on anyone may take it. */
  expiresAt: number;
}
