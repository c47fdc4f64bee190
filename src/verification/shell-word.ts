/** A path as one word of a shell command; never an option of the program that it is given to. */
export function shellWord(path: string): string {
  const word = path.startsWith('-') ? `./${path}` : path;
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

export function shellWords(paths: readonly string[]): string {
  return paths.map(shellWord).join(' ');
}

/** A command for one of the folders; empty is the one that it stands in anyway. */
export function inFolder(folder: string, command: string): string {
  return folder === '' ? command : `cd ${shellWord(folder)} && ${command}`;
}
