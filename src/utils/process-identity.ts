import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { kill, pid, platform } from 'node:process';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Identifies this process, also to other processes. */
export const processIdentity = { host: hostname(), pid, nonce: randomUUID() } as const;

/** Whether a process was on this host and is gone. A number that another process has now does not count as gone. */
export function isProcessGone({ host, pid: other }: { host: string; pid: number }): boolean {
  if (host !== processIdentity.host) return false;
  try {
    kill(other, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Identifies one process, and no later one with the same number. */
export interface ProcessMark {
  pid: number;
  /** When it started, in the system's own words. Empty if the system does not tell. */
  began: string;
}

/** The mark of a running process. Undefined if there is none. */
export function markProcess(pid: number): ProcessMark | undefined {
  const began = beginning(pid);
  return began === undefined ? undefined : { pid, began };
}

/** Whether this very process still runs. */
export function isRunning({ pid, began }: ProcessMark): boolean {
  return beginning(pid) === began;
}

/** Sends a signal to this very process. Does nothing if it is gone. */
export function signalProcess(mark: ProcessMark, signal: NodeJS.Signals): void {
  if (!isRunning(mark)) return;
  try {
    kill(mark.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function beginning(pid: number): string | undefined {
  return platform === 'linux' ? linuxBeginning(pid) : psBeginning(pid);
}

/** The ticks since the system started, and which start that was. A zombie, which has ended but was not reaped by its parent, counts as gone. */
function linuxBeginning(pid: number): string | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may hold anything.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${fields[19] ?? ''}`;
  } catch {
    return undefined;
  }
}

function psBeginning(pid: number): string | undefined {
  try {
    const answer = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: '/bin:/usr/bin', LC_ALL: 'C' },
    });
    const [state = '', ...began] = answer.trim().split(/\s+/);
    return state === '' || state.startsWith('Z') ? undefined : began.join(' ');
  } catch {
    return undefined;
  }
}
