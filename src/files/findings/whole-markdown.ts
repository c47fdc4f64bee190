import { lexer, type Token, type Tokens } from 'marked';

/**
 * For a document that breaks off: everything up to its last whole part, such as a paragraph, an item of a list or a sample. Headings and lead-ins ("For
 * example:") that nothing follows any more go, too. Undefined if nothing but headings would be left.
 */
export function wholeMarkdown(text: string): string | undefined {
  // What was open may have been closed behind it: such a fence holds nothing.
  const parts = lexer(text).filter((part) => part.type !== 'space' && !(part.type === 'code' && (part as Tokens.Code).text.trim() === ''));
  const last = parts.pop();
  const kept = [...parts, ...(last === undefined ? [] : wholeItemsOf(last))];
  while (kept.length > 0 && leadsOn(kept.at(-1)!)) kept.pop();
  if (!kept.some(({ type }) => type !== 'heading')) return undefined;
  const end = kept.reduce((from, { raw }) => text.indexOf(raw, from) + raw.length, 0);
  return `${text.slice(0, end).trimEnd()}\n`;
}

/** A list that breaks off is a list as far as its items are whole. */
function wholeItemsOf(token: Token): { type: string; raw: string }[] {
  if (token.type !== 'list') return [];
  return (token as Tokens.List).items.slice(0, -1).map(({ type, raw }) => ({ type, raw }));
}

function leadsOn({ type, raw }: { type: string; raw: string }): boolean {
  return type === 'heading' || type === 'hr' || /:[*_]{0,3}$/.test(raw.trimEnd());
}
