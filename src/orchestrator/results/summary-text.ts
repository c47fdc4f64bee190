import { printable, printableLine } from '../../utils/printable.ts';

/** One line, with nothing in it that Markdown or a terminal would take for more than text, so that no picture is loaded where somebody opens the page. */
export function plain(text: string): string {
  return printableLine(text.replaceAll(/\s+/g, ' '))
    .replaceAll(/[`<>|]/g, "'")
    .replaceAll('![', '! [');
}

/** A text of several lines as it is meant, but for what would load something from elsewhere where somebody opens the page. */
export function inert(text: string): string {
  return printable(text)
    .replaceAll('![', String.raw`!\[`)
    .replaceAll(/<(?=[a-z/!?])/gi, String.raw`\<`);
}

/** Lines as a block of code, indented so that a list may go on behind it. */
export function quoted(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines.map((line) => `      ${line}`), ''];
}
