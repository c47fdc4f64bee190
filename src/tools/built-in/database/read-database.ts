import { realpathSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { execPath } from 'node:process';
import { defaultLimits } from '../../../sandbox/limits.ts';
import { environmentWithoutSecrets } from '../../../utils/environment-without-secrets.ts';
import { printableLine } from '../../../utils/printable.ts';
import { quotedForShell } from '../../../utils/quoted-for-shell.ts';
import { OutputCutter } from '../../output/cut-output.ts';
import type { ToolContext } from '../../tool.ts';

export type DatabaseTask = { task: 'schema'; file: string } | { task: 'query'; file: string; query: string };

export type DatabaseAnswer =
  /** `cutter` has what was printed, if the caller gave one. */
  | { kind: 'read' }
  /** A sentence for the model. */
  | { kind: 'failed'; message: string };

const mostMilliseconds = 30_000;
const mostReason = 1000;

/**
 * Reads an SQLite file of the project with a process of its own in the sandbox. Without a sandbox nothing is read, unless a person has switched that off.
 * @param onOutput Gets what is printed, as it arrives.
 */
export async function readDatabase(
  asked: DatabaseTask,
  context: ToolContext,
  onOutput: (chunk: Uint8Array) => void,
): Promise<DatabaseAnswer> {
  const failed = (why: string): DatabaseAnswer => ({ kind: 'failed', message: `The database was not read: ${why}.` });
  const probe = await context.sandbox.probe();
  if (probe.state === 'missing')
    return failed(`this machine has no sandbox (${probe.why}), and a file can be made to harm whoever reads it`);
  const program = join(import.meta.dirname, `read-database-main${extname(import.meta.filename)}`);
  const node = realpathSync(execPath);
  const words = [node, '--no-warnings', program, asked.task, asked.file, ...(asked.task === 'query' ? [asked.query] : [])];
  const said = new OutputCutter({ lines: 5, bytes: mostReason });
  const wall = Math.min(context.callMilliseconds, mostMilliseconds);
  const result = await context.sandbox.run({
    command: words.map(quotedForShell).join(' '),
    folder: context.workspace,
    // The program's own, and what runs it.
    readable: [dirname(program), dirname(node)],
    environment: environmentWithoutSecrets(context.environment, { secrets: context.secrets }),
    network: 'none',
    limits: { ...defaultLimits(wall), outputBytes: mostReason },
    signal: context.signal,
    onOutput: (chunk) => {
      said.add(chunk);
      onOutput(chunk);
    },
  });
  if (result.outcome === 'passed') return { kind: 'read' };
  if (result.outcome === 'timed_out') return failed(`it took longer than ${wall / 1000} seconds`);
  if (result.exceeded === 'memory') return failed('it took too much memory');
  const why = printableLine(said.finish().text.trim());
  return failed(why === '' ? printableLine(result.output.trim()) || 'its reader broke down' : why.replace(/\.$/, ''));
}
