import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { SandboxLimits } from './limits.ts';

/** The limit that was exceeded. */
export type Exceeded = 'processes' | 'memory';

interface Use {
  /** The threads of all processes. */
  tasks: number;
  memoryBytes: number;
}

const everyMilliseconds = 100;

/**
 * Counts ten times a second what a process and its descendants use: without root the system limits each process, but not all of them together. Orphans stay
 * below the first process of their namespace, so nothing escapes the count.
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

/** What a process and its descendants use now. Counting stops once there are more than `most`. */
export function countUse(pid: number, most = Infinity): Use {
  const use: Use = { tasks: 0, memoryBytes: 0 };
  const waiting = [String(pid)];
  for (let next = waiting.pop(); next !== undefined && use.tasks <= most; next = waiting.pop()) {
    const status = read(`/proc/${next}/status`);
    const threads = numberOf(status, 'Threads');
    use.tasks += threads;
    // What is shared with others, such as programs and libraries, does not count.
    use.memoryBytes += (numberOf(status, 'RssAnon') + numberOf(status, 'RssShmem')) * 1024;
    // Any thread may have children; nearly always only the first one has.
    for (const thread of threads > 1 ? threadsOf(next) : [next]) {
      waiting.push(...read(`/proc/${next}/task/${thread}/children`).split(' ').filter(Boolean));
    }
  }
  return use;
}

/** Whether this system lists the children of a process. */
export function canWatchProcesses(): boolean {
  return existsSync('/proc/thread-self/children');
}

function numberOf(status: string, name: string): number {
  const at = status.indexOf(`\n${name}:`);
  return at < 0 ? 0 : Number.parseInt(status.slice(at + name.length + 2), 10);
}

/** Empty for a process that has ended meanwhile. */
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
