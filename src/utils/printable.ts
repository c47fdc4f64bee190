/** Commands to a terminal that are whole: colours and cursor moves, and those that set titles or hide links. Both begin with ESC or its one-byte form. */
const terminalCommands = /(?:\u{1B}\[|\u{9B})[0-?]*[ -/]*[@-~]|(?:\u{1B}\]|\u{9D})[^\u{7}\u{1B}\u{9C}\u{9D}]*(?:\u{7}|\u{1B}\\|\u{9C})/gu;

/** What else a terminal could obey, and marks that make text read in another order than it is. Line feed and tab are harmless. */
const unsafe = /[^\P{Cc}\n\t]|[\u{61C}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2066}-\u{2069}]|\p{Cs}/gu;

/**
 * Text that is safe to show in a terminal, whoever wrote it: whole terminal commands are left out, any other control character is shown by its
 * number (`\x1b`). Lines and tabs stay; a CRLF becomes a line feed.
 */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(terminalCommands, '').replaceAll(unsafe, showCode);
}

/** The same as one line: for a name, or a line of a log, that must not look like several. */
export function printableLine(text: string): string {
  return printable(text)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\t', ' ');
}

function showCode(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}
