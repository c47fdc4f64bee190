import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';

/** Which process this is, also for those who look from another one. */
export const processIdentity = { host: hostname(), pid, nonce: randomUUID() } as const;

/** Whether a process was on this host and is there no more. A number that another process has got since counts as there. */
export function isProcessGone({ host, pid: other }: { host: string; pid: number }): boolean {
  if (host !== processIdentity.host) return false;
  try {
    kill(other, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
