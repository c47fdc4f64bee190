import { MultiagentError } from '../../utils/multiagent-error.ts';
import { shownName } from '../../utils/printable.ts';
import type { FoundSecret } from './find-secret.ts';
import { describeLeftOut, type LeftOut } from './left-out.ts';

const quoting = 'Write it relative to the current folder, and quote it, so that the shell leaves it as it is: --files "src/**/*.ts".';

export function leadsOutside(path: string, root: string): MultiagentError {
  return refusal({
    code: 'files.outside',
    message: `${shownName(path)} leads out of the project's folder ${root}.`,
    hint: 'Start in the folder that holds all of it, or name that folder with --workspace. Single files outside are given with --file.',
  });
}

export function noSuchPath(path: string, root: string): MultiagentError {
  return refusal({ code: 'files.no_match', message: `There is no file or folder ${shownName(path)} in ${root}.`, hint: 'Check the path.' });
}

export function notAFolder(path: string): MultiagentError {
  return refusal({
    code: 'files.no_folder',
    message: `${shownName(path)} is a link or lies behind one, and links are not followed.`,
    hint: 'Name the folder that it leads to.',
  });
}

export function matchesNothing(pattern: string, root: string, lookedAt: number | 'all'): MultiagentError {
  return refusal({
    code: 'files.no_match',
    message:
      lookedAt === 'all'
        ? `The pattern ${shownName(pattern)} matches no file in ${root}.`
        : `The pattern ${shownName(pattern)} matches none of the first ${lookedAt.toLocaleString('en')} files in ${root}; the others were not looked at.`,
    hint: lookedAt === 'all' ? quoting : 'Begin the pattern with the folder that you mean: --files "src/**/*.ts".',
  });
}

/** Every file that was asked for is left out. */
export function nothingLeft(leftOut: readonly LeftOut[], root: string): MultiagentError {
  const told = describeLeftOut(leftOut);
  return refusal({
    code: 'files.none',
    message:
      told.length === 0 ? `There are no files to read in what was named in ${root}.` : `No file is left to read. ${told.join('. ')}.`,
    hint: 'Name other files or folders with --files, or single files with --file.',
  });
}

/** @param found What its content looks like, and where. Undefined: its name is enough. */
export function namedSecret(path: string, found?: FoundSecret): MultiagentError {
  const why = found === undefined ? 'by its name, it holds keys or passwords' : `line ${found.line} looks like ${found.what}`;
  return refusal({
    code: 'files.secret',
    message: `${shownName(path)} looks like a secret (${why}), and secrets are not given to a model.`,
    hint:
      found === undefined
        ? 'Leave it out. Give an example without real values instead, such as .env.example.'
        : 'Leave it out, or put a placeholder in the place of the secret.',
  });
}

function refusal(options: { code: string; message: string; hint: string; cause?: unknown }): MultiagentError {
  return new MultiagentError({ category: 'usage', ...options });
}
