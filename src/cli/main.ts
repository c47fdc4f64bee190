import process from 'node:process';
import { CommanderError } from 'commander';
import { exitCode, exitCodeOf } from './exit-code.ts';
import { buildProgram } from './program.ts';
import { errorText } from './report-error.ts';
import { watchOutput } from './watch-output.ts';
import { writeFolded } from './write-folded.ts';

/** Runs the command with its arguments and resolves to its exit code. */
export async function main(argv: string[]): Promise<number> {
  watchOutput();
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
