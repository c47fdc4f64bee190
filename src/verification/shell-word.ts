import { quotedForShell } from '../utils/quoted-for-shell.ts';

/** Quotes a path as one word of a shell command; it can never be taken for an option. */
export function shellWord(path: string): string {
  const word = path.startsWith('-') ? `./${path}` : path;
  return /^[\w@%+=:,./-]+$/.test(word) ? word : quotedForShell(word);
}

export function shellWords(paths: readonly string[]): string {
  return paths.map(shellWord).join(' ');
}

/** A command to run in one of the folders; an empty path means the current one. */
export function inFolder(folder: string, command: string): string {
  return folder === '' ? command : `cd ${shellWord(folder)} && ${command}`;
}
