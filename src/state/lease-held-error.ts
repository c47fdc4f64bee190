import { MultiagentError } from '../utils/multiagent-error.ts';
import type { Lease } from './lease.ts';

/** Code `lease.held`: another process owns the stream. */
export class LeaseHeldError extends MultiagentError {
  readonly lease: Lease;

  constructor(lease: Lease) {
    const { pid, host } = lease.owner;
    super({
      code: 'lease.held',
      message: `Process ${pid} on ${host} is working on "${lease.stream}".`,
      hint: 'Watch it there, or stop that process and try again.',
    });
    this.lease = lease;
  }
}
