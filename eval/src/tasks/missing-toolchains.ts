import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Toolchain } from './task-schema.ts';

const run = promisify(execFile);

/** What starts each of them; a browser is found by the checks themselves, in many places. */
const programs: Readonly<Record<Exclude<Toolchain, 'browser'>, readonly string[]>> = {
  python: ['python3', '--version'],
  node: ['node', '--version'],
  go: ['go', 'version'],
  rust: ['rustc', '--version'],
  java: ['javac', '-version'],
};

/** Which of these this machine may not have: what does not start, and a browser, which nobody can tell without its check. */
export async function missingToolchains(needs: readonly Toolchain[]): Promise<Toolchain[]> {
  const starts = await Promise.all(
    needs.map(async (toolchain) => {
      if (toolchain === 'browser') return false;
      const [command = '', ...args] = programs[toolchain];
      return run(command, args).then(
        () => true,
        () => false,
      );
    }),
  );
  return needs.filter((_, index) => !starts[index]);
}
