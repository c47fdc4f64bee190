import { compileFunction } from 'node:vm';
import { checkWithGrammar } from './check-with-grammar.ts';
import type { SyntaxFinding } from './syntax-finding.ts';

/** Errors of the engine when it compiles a file that the grammar accepts. Its other complaints may be false: JSX, statements of a module, newer syntax. */
const refusals: readonly RegExp[] = [
  /^(?:Identifier )?'?([\w$]{1,80})'? has already been declared$/,
  /^Missing initializer in (?:const|destructuring) declaration$/,
  /^Illegal (?:break|continue) statement/,
  /^Undefined label/,
  /^Duplicate (?:parameter name|__proto__|constructor)/i,
  /^A class may only have one constructor$/,
  /^'super' keyword unexpected here$/,
  /^Invalid left-hand side/,
  /^Setter must have exactly one|^Getter must not have any/,
];
const name = 'compiled.js';

/** Checks JavaScript with its engine, which compiles the file but does not run it. */
export async function checkJavaScript(text: string): Promise<SyntaxFinding[]> {
  const findings = await checkWithGrammar(text, { grammar: 'javascript' });
  return findings.length > 0 ? findings : compiled(text);
}

function compiled(text: string): SyntaxFinding[] {
  // Within a function, top-level `await` and `return` are allowed, as they are in one kind of module each. Line numbers stay the same.
  const source = `(async function () {${withoutModuleWords(text)}\n})`;
  try {
    compileFunction(source, [], { filename: name });
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxError) || !refusals.some((row) => row.test(error.message))) return [];
    const line = Number(/^compiled\.js:(\d{1,9})\n/.exec(error.stack ?? '')?.[1] ?? 1);
    return [{ line, column: 1, message: error.message }];
  }
}

/** Removes what only a module may contain: imports, and the keywords that export a declaration. No text moves to another line. */
function withoutModuleWords(text: string): string {
  let isImport = false;
  const lines = text.split('\n').map((line, index) => {
    if (index === 0 && line.startsWith('#!')) return '';
    isImport ||= /^import\b\s*[^\s(.]/.test(line);
    if (!isImport) return line.replace(/^export (?=(?:async |function|class|const|let|var)\b)/, '       ');
    // It ends with the name of the module.
    isImport = !/["']/.test(line);
    return '';
  });
  return lines.join('\n');
}
