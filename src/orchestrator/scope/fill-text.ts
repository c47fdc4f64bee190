import type { ExpressionScope } from '../../workflows/expressions/evaluate-node.ts';
import { evaluateExpression } from '../../workflows/expressions/evaluate-expression.ts';
import { ExpressionError } from '../../workflows/expressions/expression-error.ts';
import type { FilledTexts } from '../../workflows/step-kind-declaration.ts';
import { shellText, type ShellPlace, ShellReader, whyUnsafe } from '../../workflows/expressions/shell-place.ts';
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
  const shell = as === 'shell' ? new ShellReader() : undefined;
  for (const part of parts) {
    if (part.type === 'text') {
      shell?.read(part.text);
      filled += part.text;
    } else {
      const value = textOfValue(valueOf(part.text, scope));
      filled += shell === undefined ? value : inCommand(value, shell.takeValue(), part.text);
    }
    if (filled.length > longest) throw new ExpressionError(`a text becomes longer than ${longest} characters`);
  }
  return filled;
}

function valueOf(text: string, scope: ExpressionScope): unknown {
  try {
    return evaluateExpression(text, scope);
  } catch (error) {
    if (error instanceof ExpressionError) throw new ExpressionError(`"${text.trim()}": ${error.message}`);
    throw error;
  }
}

function inCommand(value: string, place: ShellPlace, expression: string): string {
  if (place === 'unsafe') throw new ExpressionError(`"${expression.trim()}": ${whyUnsafe}`);
  return shellText(value, place);
}
