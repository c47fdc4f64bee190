import { execFileSync } from 'node:child_process';

/** A named pipe that nobody writes to: who opens it to read waits for ever. */
export function makePipe(path: string): void {
  execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', path]);
}
