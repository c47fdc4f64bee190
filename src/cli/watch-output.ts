import process from 'node:process';
import { exitCode } from './exit-code.ts';

/** Ends the program when its output can no longer be written: silently if a reader has closed the pipe (`| head`), else with the reason. */
export function watchOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') process.exit(exitCode.completed);
      if (stream === process.stdout) {
        const why = code === 'ENOSPC' ? 'the disk is full' : message;
        process.stderr.write(`Error: The output cannot be written: ${why}.\n  Send it elsewhere, or free some disk space.\n`);
      }
      process.exit(exitCode.failed);
    });
  }
}
