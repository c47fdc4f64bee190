import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { SandboxLimits } from './limits.ts';

/** Which bound was passed. */
export type Exceeded = 'processes' | 'memory';

interface Use {
  /** Threads of all processes. */
  tasks: number;
  memoryBytes: number;
}

const everyMilliseconds = 100;

/**
 * Counts what a process and its descendants use, ten times a second: without root the system bounds each process, and not all of them together. Orphans
 * stay below the first process of their namespace, so that nothing gets out of the count.
 * @returns what ends the watch.
 */
export function watchProcesses(
  pid: number,
  { processes, memoryBytes }: Pick<SandboxLimits, 'processes' | 'memoryBytes'>,
  exceed: (what: Exceeded) => void,
): () => void {
  const look = () => {
    const use = countUse(pid, processes);
    if (use.tasks > processes) exceed('processes');
    else if (use.memoryBytes > memoryBytes) exceed('memory');
  };
  const timer = setInterval(look, everyMilliseconds);
  return () => clearInterval(timer);
}

/** What a process and its descendants use at this moment; counting ends where there are more than `most`. */
export function countUse(pid: number, most = Infinity): Use {
  const use: Use = { tasks: 0, memoryBytes: 0 };
  const waiting = [String(pid)];
  for (let next = waiting.pop(); next !== undefined && use.tasks <= most; next = waiting.pop()) {
    const status = read(`/proc/${next}/status`);
    const threads = numberOf(status, 'Threads');
    use.tasks += threads;
    // What is shared with others, such as programs and libraries, is no use of its own.
    use.memoryBytes += (numberOf(status, 'RssAnon') + numberOf(status, 'RssShmem')) * 1024;
    // Each thread has children of its own; nearly always the first one alone.
    for (const thread of threads > 1 ? threadsOf(next) : [next]) {
      waiting.push(...read(`/proc/${next}/task/${thread}/children`).split(' ').filter(Boolean));
    }
  }
  return use;
}

/** Whether this system tells the children of a process. */
export function canWatchProcesses(): boolean {
  return existsSync('/proc/thread-self/children');
}

function numberOf(status: string, name: string): number {
  const at = status.indexOf(`\n${name}:`);
  return at < 0 ? 0 : Number.parseInt(status.slice(at + name.length + 2), 10);
}

/** Nothing of a process that has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function threadsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}
