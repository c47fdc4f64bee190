/** A text as one word for a POSIX shell, whatever it holds but a zero byte. */
export function quotedForShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
