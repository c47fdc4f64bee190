/** Control characters, line separators, and characters that are invisible or change the reading direction. */
export const invisibleCharacters =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|\u034f/gu;

/** Complete terminal commands: colours and cursor moves, and those that set titles or hide links. Both begin with ESC or its one-byte form. */
const terminalCommands = /(?:\u{1B}\[|\u{9B})[0-?]*[ -/]*[@-~]|(?:\u{1B}\]|\u{9D})[^\u{7}\u{1B}\u{9C}\u{9D}]*(?:\u{7}|\u{1B}\\|\u{9C})/gu;

/** Other characters that a terminal could obey, and marks that show text in another order than it is written. Line feed and tab are harmless. */
const unsafe = /[^\P{Cc}\n\t]|[\u{61C}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2066}-\u{2069}]|\p{Cs}/gu;

/**
 * Text that is safe to show in a terminal, whoever wrote it. Complete terminal commands are left out; any other control character is shown by its number
 * (`\x1b`). Lines and tabs stay; CRLF becomes a line feed.
 */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(terminalCommands, '').replaceAll(unsafe, showCode);
}

/** The same in one line, for a name or a line of a log that must not look like several. */
export function printableLine(text: string): string {
  return printable(text)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\t', ' ');
}

function showCode(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

const longest = 200;

/**
 * Makes a name or a short value from a model's reply or an unknown file safe to quote in a message: nothing in it moves the cursor, hides or reverses text, or
 * fills the screen. Stricter than `printable`, which shows whole texts as they are meant.
 */
export function shownName(text: string): string {
  const shown = text
    .slice(0, longest)
    .toWellFormed()
    .replaceAll(invisibleCharacters, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
  return text.length > longest ? `${shown}…` : shown;
}

/** The text with at most this many characters; `…` shows that there was more. */
export function shorten(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
