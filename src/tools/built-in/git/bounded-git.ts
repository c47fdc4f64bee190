import type { GitPlace } from '../../../project/git/git-place.ts';
import { startGit } from '../../../project/git/git.ts';
import { reasonOf } from '../../../project/git/git-reason.ts';
import { MultiagentError } from '../../../utils/multiagent-error.ts';

/** More is nothing that a model could read. */
const mostBytes = 8 * 1024 * 1024;

/**
 * What Git prints, all of it.
 * @throws MultiagentError `git.failed` where Git fails or is missing, `git.too_much` for more than 8 MB.
 */
export async function boundedGit(place: GitPlace, args: readonly string[]): Promise<string> {
  const child = startGit(place, args);
  child.stdin.on('error', () => undefined).end();
  const printed: Buffer[] = [];
  const errors: Buffer[] = [];
  const lengths = { printed: 0, errors: 0 };
  child.stdout.on('data', (chunk: Buffer) => {
    lengths.printed += chunk.length;
    if (lengths.printed <= mostBytes) printed.push(chunk);
    else child.kill();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    lengths.errors += chunk.length;
    if (lengths.errors <= mostBytes) errors.push(chunk);
  });
  const ended = await new Promise<number | Error | null>((resolve) => child.once('error', resolve).once('close', resolve));
  if (lengths.printed > mostBytes) throw failed('too_much', 'it prints more than 8 MB');
  if (ended instanceof Error) throw failed('failed', ended.message);
  if (ended !== 0) throw failed('failed', reasonOf(Buffer.concat(errors).toString('utf8')) || 'it does not say why');
  return Buffer.concat(printed).toString('utf8');
}

function failed(code: string, why: string): MultiagentError {
  return new MultiagentError({ code: `git.${code}`, message: `Git could not do it: ${why}.` });
}
