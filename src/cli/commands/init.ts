import { relative, resolve } from 'node:path';
import process from 'node:process';
import { ensureFolder } from '../../utils/ensure-folder.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine } from '../../utils/printable.ts';
import { asStarted } from '../as-started.ts';
import { type CreatedFile, createFile } from '../create-file.ts';
import { type IgnoredInGit, ignoreInGit } from '../ignore-in-git.ts';
import { ignoredByGit, initFiles } from '../init-files.ts';
import { shellWord } from '../own-command.ts';
import { writeFolded } from '../write-folded.ts';
import { unwritableReason } from '../../files/disk/system-file-error.ts';

/** `multiagent init [dir]` */
export async function init(given = '.'): Promise<void> {
  const directory = process.cwd();
  const folder = resolve(directory, given);
  const say = (text: string) => writeFolded(text);
  await writing(folder, () => ensureFolder(folder));
  for (const file of initFiles) {
    const result = await writing(resolve(folder, file.name), () => createFile(folder, file));
    say(line(result.outcome, file.name, aboutFile(file.name, file.about, result)));
  }
  say(gitLine(await writing(resolve(folder, '.gitignore'), () => ignoreInGit(folder, ignoredByGit))));
  say(asStarted(next(relative(directory, folder)), folder));
}

async function writing<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw new MultiagentError({
      category: 'usage',
      code: 'output.unwritable',
      message: `${path} cannot be written: ${unwritableReason(cause)}.`,
      hint: 'Name another folder (multiagent init <dir>), or fix the problem and run init again: it keeps what it has already created.',
      cause,
    });
  }
}

function aboutFile(name: string, about: string, result: CreatedFile): string {
  if (result.outcome === 'created') return about;
  return result.because === name ? 'already exists' : `not written, because ${result.because} exists and would no longer be read`;
}

function gitLine(result: IgnoredInGit): string {
  if (result.outcome === 'no_repository') return '';
  if (result.outcome === 'added') return line('changed', '.gitignore', `added ${result.entries.join(', ')}`);
  return result.outcome === 'complete'
    ? line('kept', '.gitignore', 'has everything that is needed')
    : line('missing', '.gitignore', `keep ${ignoredByGit.join(', ')} out of your commits`);
}

function line(outcome: string, name: string, about: string): string {
  return `${outcome.padEnd(7)}  ${name.padEnd(14)}  ${about}\n`;
}

function next(folder: string): string {
  const change = folder === '' ? '' : `  cd ${shellWord(printableLine(folder))}\n`;
  return `
Next: write what you want to have built into requirement.md, start a llama-server, then type
${change}  multiagent run feature-development --req requirement.md

Models that fit, a server:  multiagent model list, multiagent model start
Without a model server:     multiagent demo
Which settings count, why:  multiagent config show
`;
}
