import { type CodeSpan, codeSpans } from './code-spans.ts';
import type { Example } from './example.ts';
import type { ExampleReader, ExampleSource } from './example-source.ts';
import { isLiteral, isLiteralCall, leadingLiteral } from './literal.ts';

const verb =
  /^,?\s{0,4}((?:must|should|has to|ought to|then|now|also|would|will|shall)\s{1,4}){0,3}(?:returns?|gives?|is|be|yields?|becomes?|equals?|→|->|=>)\s{1,4}(?:the (?:list|text|string|value|number) )?/;
const wished = /\b(?:must|should|has to|ought to|shall|right answer)\b/;

/** "`share(7, 2)` returns `[4, 3]`": a call with values, a verb, a value. */
export const toldCalls: ExampleReader = (source) => {
  const { language } = source;
  if (language === undefined) return [];
  return source.pieces.flatMap(({ kind, text }): Example[] => {
    if (kind !== 'prose') return [];
    const spans = codeSpans(text);
    return spans.flatMap((span, number): Example[] => {
      if (!isLiteralCall(span.code)) return [];
      const result = resultOf(span, [spans[number + 1], spans[number + 2]], source);
      if (result === undefined) return [];
      return [{ kind: 'calls', quote: `${span.code} → ${result}`, language, lines: [{ code: span.code.trim(), result }] }];
    });
  });
};

function resultOf({ code, after }: CodeSpan, [next, over]: readonly (CodeSpan | undefined)[], source: ExampleSource): string | undefined {
  const said = verb.exec(after);
  if (said === null) return undefined;
  const rest = after.slice(said[0].length);
  const isWish = wished.test(said[0]);
  if (rest.trim() !== '') {
    const value = leadingLiteral(rest);
    if (value === undefined || !/^\s*(?:[.,;:)]|$|and\b|not\b|instead\b)/.test(rest.trimStart().slice(value.length))) return undefined;
    return isWish || !stands(code, source) ? value : undefined;
  }
  if (next === undefined) return undefined;
  // "returns `B0` instead of `A5`" complains of the first and wants the second.
  const instead = /^\s{0,4}(?:instead of|where it should (?:be|return)|but should (?:be|return))\s{0,4}$/.exec(next.after)?.[0];
  if (instead !== undefined && !isWish) return over === undefined ? undefined : valueOf(over.code);
  return isWish || !stands(code, source) ? valueOf(next.code) : undefined;
}

/** A value as it is written, or unquoted text such as a label or a time. */
function valueOf(written: string): string | undefined {
  if (isLiteral(written)) return written.trim();
  return /^[A-Z\d][\w:.,€$%/-]{0,40}$/.test(written) ? JSON.stringify(written) : undefined;
}

/** Whether the function exists already. Then a sentence may state what it does wrong. */
function stands(call: string, { projectFiles }: ExampleSource): boolean {
  const name = /^(?:new )?([\w$]+)/.exec(call.trim())?.[1] ?? '';
  return projectFiles.some(({ content }) => content.includes(name));
}
