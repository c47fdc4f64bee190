const longest = 40;

/** The beginning of a piece of a file, in one line, for a finding's message. */
export function quoteText(text: string): string {
  const line = text.trimStart().split(/\r?\n/, 1)[0]!.trimEnd();
  return `\`${line.length > longest ? `${line.slice(0, longest).toWellFormed()}…` : line}\``;
}
