import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MultiagentError } from '../../../src/utils/multiagent-error.ts';

const run = promisify(execFile);

/** What stands between a check and the rest of the machine. */
export interface Walls {
  python: string;
  /** What the check's command line begins with; empty where the system offers nothing. */
  prefix: readonly string[];
  network: 'walled' | 'open';
}

/** A network and a table of processes of its own, which go with the first of them. */
const namespaces = ['unshare', '--user', '--map-root-user', '--net', '--pid', '--mount-proc', '--fork', '--kill-child'];

let found: Promise<Walls> | undefined;

/**
 * What this machine offers; looked for once.
 * @throws MultiagentError `eval.no_python`.
 */
export function findWalls(): Promise<Walls> {
  found ??= look();
  return found;
}

async function look(): Promise<Walls> {
  const python = await run('python3', ['-c', 'import sys; print(sys.executable)']).then(
    ({ stdout }) => stdout.trim(),
    (error: unknown) => {
      throw new MultiagentError({
        code: 'eval.no_python',
        message: 'The checks are Python, and python3 does not start.',
        hint: 'Install Python 3.11 or newer.',
        cause: error,
      });
    },
  );
  const [program = '', ...rest] = namespaces;
  const works = await run(program, [...rest, python, '-c', 'pass'], { timeout: 20_000 }).then(
    () => true,
    () => false,
  );
  return works ? { python, prefix: namespaces, network: 'walled' } : { python, prefix: [], network: 'open' };
}
