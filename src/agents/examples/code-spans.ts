/** Text in code marks, with the text before and after it. */
export interface CodeSpan {
  code: string;
  /** From the end of the previous span, or from the beginning. */
  before: string;
  /** To the beginning of the next span, or the end. */
  after: string;
  /** Where the span begins and ends in the text, including its marks. */
  at: number;
  end: number;
}

/** The code spans of a paragraph, in order. */
export function codeSpans(text: string): CodeSpan[] {
  const found = [...text.matchAll(/`([^`\n]{1,400})`/g)].map(({ 0: whole, 1: code = '', index }) => ({
    code,
    at: index,
    end: index + whole.length,
  }));
  return found.map((span, number) => ({
    ...span,
    before: text.slice(found[number - 1]?.end ?? 0, span.at),
    after: text.slice(span.end, found[number + 1]?.at ?? text.length),
  }));
}
