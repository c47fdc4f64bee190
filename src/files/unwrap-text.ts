import { commentsOnly } from './comments-only.ts';
import { extensionOfLanguage, isMarkdownLanguage, isTalkLanguage, languageOfInfo } from './names/languages.ts';
import type { FencedBlock } from './fenced-block.ts';
import { scannerOf } from './file-formats.ts';

const mostWrappers = 3;
/** The most lines that a model writes before, or after, what it wraps. */
const mostLinesBeside = 2;
const mostCharactersBeside = 400;

/**
 * The actual text of a reply, without a wrapper that the model put around it: a fence around everything, also with a sentence before or after it, or a fence of
 * code with the text as comments. Any other text is returned as it is.
 */
export function unwrapText(text: string): string {
  let inner = text;
  for (let count = 0; count < mostWrappers; count += 1) {
    const next = withoutWrapper(inner);
    if (next === undefined) break;
    inner = next;
  }
  return inner;
}

function withoutWrapper(text: string): string | undefined {
  const scanner = scannerOf();
  const [block, ...others] = [...scanner.feed(text), ...scanner.end()];
  if (block === undefined || block.delimiter !== 'fence' || others.length > 0) return undefined;
  // A block within a list or a quote is part of the text.
  const [start, end] = block.range;
  if (end - start !== block.content.length) return undefined;
  const before = text.slice(0, startOfLineBefore(text, start)).trim();
  const after = text
    .slice(end)
    .replace(/^[ \t]*(?:`{3,}|~{3,})[ \t]*/, '')
    .trim();
  if (!isRemark(before) || !isRemark(after)) return undefined;
  return contentOf(block, before.length + after.length);
}

/** The start of the line before this position, which is itself the start of a line. */
function startOfLineBefore(text: string, position: number): number {
  let at = position;
  if (text[at - 1] === '\n') at -= 1;
  if (text[at - 1] === '\r') at -= 1;
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at -= 1;
  return at;
}

function isRemark(text: string): boolean {
  return text.length <= mostCharactersBeside && text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '').length <= mostLinesBeside;
}

/** The content of the wrapper. Undefined if the block is a piece of code that the text is about. */
function contentOf({ info, content }: FencedBlock, beside: number): string | undefined {
  const language = languageOfInfo(info);
  if (isMarkdownLanguage(language)) return content;
  if (info === '' || isTalkLanguage(language)) return beside === 0 || beside < content.length / 4 ? content : undefined;
  const extension = extensionOfLanguage(language);
  const comments = extension === undefined ? undefined : commentsOnly(`text.${extension}`, content);
  return comments === undefined ? undefined : `${comments.lines.join('\n').trim()}\n`;
}
