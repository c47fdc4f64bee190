import { MultiagentError } from '../../utils/multiagent-error.ts';

/** The process that may write to a stream: one at a time. */
export interface LeaseOwner {
  host: string;
  pid: number;
  /** Unique to the process: process ids are reused, this is not. */
  nonce: string;
}

/** A claim to a stream for a limited time. */
export interface Lease {
  stream: string;
  /** Grows by one with each new owner: the fence. */
  epoch: number;
  owner: LeaseOwner;
  /** Milliseconds since 1970, by the clock of the store that renewed it. */
  renewedAt: number;
  /** From then on anyone may take it. */
  expiresAt: number;
}

/**
 * Another process owns the stream, and only its owner may write to it. The code is `lease.held`; `lease` says who it is.
 * @example
 * const owner = { host: 'build-1', pid: 4711, nonce: 'a' };
 * await orchestrator.store.acquireLease({ stream: `run:${waitingRun}`, owner, milliseconds: 60_000 });
 * try {
 *   await resumeRun(orchestrator, waitingRun);
 * } catch (error) {
 *   if (!(error instanceof LeaseHeldError)) throw error;
 *   console.log(error.lease.owner.host); // build-1
 * }
 */
export class LeaseHeldError extends MultiagentError {
  /** Of the other process. */
  readonly lease: Lease;

  constructor(lease: Lease) {
    const { pid, host } = lease.owner;
    const run = lease.stream.startsWith('run:') ? lease.stream.slice('run:'.length) : undefined;
    super({
      category: 'usage',
      code: 'lease.held',
      message: `Process ${pid} on ${host} is working on ${run === undefined ? `"${lease.stream}"` : `the run ${run}`}.`,
      hint:
        run === undefined
          ? 'Wait for it, or stop that process and try again.'
          : `"multiagent status ${run} --follow" shows it, and "multiagent cancel ${run}" stops it.`,
    });
    this.lease = lease;
  }
}
