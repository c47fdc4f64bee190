import type { ExpressionScope } from '../../workflows/expressions/evaluate-node.ts';
import { compileExpression } from '../../workflows/expressions/compile-expression.ts';
import { ExpressionError } from '../../workflows/expressions/expression-error.ts';
import type { FilledTexts } from '../../workflows/step-kind-declaration.ts';
import { templateParts, textOfValue } from '../../workflows/expressions/text-template.ts';

/** As long as a filled text may become, in characters. */
const longest = 200_000;

/** A text with its `{{ … }}` worked out. @throws ExpressionError, with the expression in its message. */
export function fillText(text: string, scope: ExpressionScope, as: FilledTexts = 'text'): unknown {
  const parts = text.includes('{{') ? templateParts(text) : undefined;
  if (parts === undefined) return text;
  const [first] = parts;
  if (as === 'value' && parts.length === 1 && first?.type === 'expression') return valueOf(first.text, scope);
  let filled = '';
  for (const part of parts) {
    const value = part.type === 'text' ? part.text : textOfValue(valueOf(part.text, scope));
    filled += part.type === 'expression' && as === 'shell' ? shellWord(value) : value;
    if (filled.length > longest) throw new ExpressionError(`a text becomes longer than ${longest} characters`);
  }
  return filled;
}

function valueOf(text: string, scope: ExpressionScope): unknown {
  try {
    return compileExpression(text).evaluate(scope);
  } catch (error) {
    if (error instanceof ExpressionError) throw new ExpressionError(`"${text.trim()}": ${error.message}`);
    throw error;
  }
}

/** One word for a POSIX shell, whatever is in it. */
function shellWord(value: string): string {
  return `'${value.replaceAll('\0', '').replaceAll("'", String.raw`'\''`)}'`;
}
