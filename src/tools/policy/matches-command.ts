/** With these a shell does more than run one program with these arguments. */
const shellWords = /[;&|<>`$(){}\n\r\0\\]/;

/**
 * Whether a command is what a pattern allows: the same text, or the pattern with something in place of each `*`. A command that could start a second one, or write to
 * a file, must be allowed letter by letter.
 */
export function matchesCommand(pattern: string, command: string): boolean {
  if (pattern === command) return true;
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined || shellWords.test(command)) return false;
  if (command.length < first.length + last.length || !command.startsWith(first) || !command.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = command.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= command.length - last.length;
}
