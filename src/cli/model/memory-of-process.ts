import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Bytes of memory that a process uses now, mapped files included; undefined if the system does not say. */
export function memoryOfProcess(pid: number): number | undefined {
  const kilobytes = fromLinux(pid) ?? fromPs(pid);
  return kilobytes === undefined ? undefined : kilobytes * 1024;
}

function fromLinux(pid: number): number | undefined {
  try {
    const [, size] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return size === undefined ? undefined : Number(size);
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): number | undefined {
  try {
    const size = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return /^\d+$/.test(size) ? Number(size) : undefined;
  } catch {
    return undefined;
  }
}
