import { checkExpression } from './check-expression.ts';
import { ExpressionError } from './expression-error.ts';

/** A part of a text: as it is, or an expression whose value stands in its place. `at`: where it begins in the text. */
export type TemplatePart = { type: 'text'; text: string } | { type: 'expression'; text: string; at: number };

/** What an expression that somebody meant as one names. Anything else in double braces may be part of what the text is about. */
const names = /\b(?:inputs|vars|run|steps|item|index|iteration)\b/;

/**
 * The parts of a text with `{{ … }}`. Braces that hold neither a name that expressions know nor an expression stay text: a step may be about templates.
 * Undefined for a text without any.
 */
export function templateParts(text: string): TemplatePart[] | undefined {
  const parts: TemplatePart[] = [];
  let written = 0;
  for (let open = text.indexOf('{{'); open !== -1; open = text.indexOf('{{', open + 2)) {
    const close = text.indexOf('}}', open + 2);
    if (close === -1) break;
    const expression = text.slice(open + 2, close);
    if (!isMeant(expression)) continue;
    if (open > written) parts.push({ type: 'text', text: text.slice(written, open) });
    parts.push({ type: 'expression', text: expression, at: open + 2 });
    written = close + 2;
    open = close;
  }
  if (written === 0) return undefined;
  if (written < text.length) parts.push({ type: 'text', text: text.slice(written) });
  return parts;
}

function isMeant(expression: string): boolean {
  if (names.test(expression)) return true;
  try {
    checkExpression(expression, {});
    return true;
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}

/** A value as it stands in a text. Nothing for null. */
export function textOfValue(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}
