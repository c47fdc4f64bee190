import { positionAt, type SyntaxFinding } from './syntax-finding.ts';
import { checkWithGrammar } from './check-with-grammar.ts';

/** Strict JSON; finds the first error. */
export function checkJson(text: string): SyntaxFinding[] {
  const message = problemOf(text);
  if (message === undefined) return [];
  return [{ ...positionAt(text, placeOf(message, text)), message: sentence(message) }];
}

function problemOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** For some errors the parser gives no position. The shortest beginning that no continuation can make valid ends there. */
function placeOf(message: string, text: string): number {
  const told = toldPlace(message);
  if (told !== undefined) return told;
  if (isCutOff(message, text)) return text.trimEnd().length;
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    const beginning = text.slice(0, middle);
    const problem = problemOf(beginning);
    if (problem === undefined || isCutOff(problem, beginning)) good = middle;
    else bad = middle;
  }
  return good;
}

function toldPlace(message: string): number | undefined {
  const place = /at position (\d+)/.exec(message)?.[1];
  return place === undefined ? undefined : Number(place);
}

/** Whether more text could still make it valid. */
function isCutOff(message: string, text: string): boolean {
  return /^(?:Unexpected end|Unterminated)/.test(message) || toldPlace(message) === text.length;
}

function sentence(message: string): string {
  return message
    .replace(/ (?:in|after) JSON at position .{0,200}$/s, (told) => (told.startsWith(' in') ? '' : ' after the end'))
    .replace(/, (?:\.\.\.)?".{0,200}is not valid JSON$/s, '')
    .replace(/ of JSON input$/, ' of the file')
    .replace(/^./, (first) => first.toLowerCase());
}

/** JSON with comments and trailing commas, as in settings of editors and compilers: an expression of JavaScript. */
export async function checkJsonWithComments(text: string): Promise<SyntaxFinding[]> {
  const findings = await checkWithGrammar(`(\n${text}\n)`, { grammar: 'javascript' });
  return findings.map(({ line, ...finding }) => ({ ...finding, line: Math.max(1, line - 1) }));
}
