import { readdirSync, readFileSync } from 'node:fs';
import { kill, pid as ownPid } from 'node:process';

/** How often new ones are looked for: a process may start another one while it is being killed. */
const mostRounds = 20;

/**
 * Kills every process that has this text in an environment variable, however far it has moved away from the process that started it. Only on Linux, which shows
 * the variables. A process that clears them is not found.
 */
export function endMarkedProcesses(mark: string): void {
  for (let round = 0; round < mostRounds; round += 1) {
    const found = processes().filter((pid) => pid !== ownPid && hasVariable(pid, mark));
    if (found.length === 0) return;
    for (const pid of found) end(pid);
  }
}

function processes(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function hasVariable(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
  } catch {
    return false;
  }
}

function end(pid: number): void {
  try {
    kill(pid, 'SIGKILL');
  } catch {
    // It has ended on its own.
  }
}
