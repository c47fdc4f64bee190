import process from 'node:process';
import { CommanderError } from 'commander';
import { exitCode, exitCodeOf } from './exit-code.ts';
import { buildProgram } from './program.ts';
import { errorText } from './report-error.ts';
import { writeFolded } from './write-folded.ts';

/** The whole command: takes its arguments and resolves to its exit code. */
export async function main(argv: string[]): Promise<number> {
  // A reader that has seen enough (`| head`) closes the pipe: that is no error of ours.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(exitCode.completed);
      throw error;
    });
  }
  let result: number = exitCode.completed;
  const program = buildProgram((code) => (result = code));
  try {
    await program.parseAsync(argv, { from: 'user' });
    return result;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.completed : exitCode.usage;
    writeFolded(errorText(error, argv.includes('--verbose') ? 'verbose' : 'short'), process.stderr);
    return exitCodeOf(error);
  }
}
