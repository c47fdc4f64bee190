import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { Lease } from './lease.ts';

/** Code `lease.held`: another process owns the stream. */
export class LeaseHeldError extends MultiagentError {
  readonly lease: Lease;

  constructor(lease: Lease) {
    const { pid, host } = lease.owner;
    const run = lease.stream.startsWith('run:') ? lease.stream.slice('run:'.length) : undefined;
    super({
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
