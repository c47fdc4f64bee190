/** A paragraph or a list item; or a sample, which is fenced or indented. */
export interface RequirementPiece {
  kind: 'prose' | 'sample';
  /** For a sample, without its fence and indentation. */
  text: string;
}

const fence = /^(\s{0,8})(?:```|~~~)/;
const indented = /^(?: {4}|\t)/;
const listItem = /^\s{0,8}(?:[-*+]|\d{1,3}[.)])\s/;

/** Splits a requirement into the parts that a person sees. Linear in the text. */
export function requirementPieces(requirement: string): RequirementPiece[] {
  const pieces: RequirementPiece[] = [];
  const lines = requirement.replaceAll('\r\n', '\n').split('\n');
  let prose: string[] = [];
  const endProse = (): void => {
    if (prose.length > 0) pieces.push({ kind: 'prose', text: prose.join('\n') });
    prose = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    const opened = fence.exec(line);
    if (opened !== null) {
      endProse();
      const sample: string[] = [];
      for (at += 1; at < lines.length && !fence.test(lines[at]!); at += 1) sample.push(withoutIndent(lines[at]!, opened[1]!.length));
      pieces.push({ kind: 'sample', text: sample.join('\n') });
    } else if (indented.test(line) && prose.length === 0) {
      const end = endOfIndented(lines, at);
      pieces.push({ kind: 'sample', text: dedented(lines.slice(at, end)) });
      at = end - 1;
    } else if (line.trim() === '') endProse();
    else {
      if (listItem.test(line)) endProse();
      prose.push(line);
    }
  }
  endProse();
  return pieces;
}

/** The position after the last indented line. Empty lines between indented ones belong to the sample. */
function endOfIndented(lines: readonly string[], from: number): number {
  let end = from + 1;
  for (let at = from + 1; at < lines.length; at += 1) {
    if (indented.test(lines[at]!)) end = at + 1;
    else if (lines[at]!.trim() !== '') break;
  }
  return end;
}

/** Removes the smallest indentation, which is that of the sample as a whole. */
function dedented(lines: readonly string[]): string {
  const plain = lines.map((line) => line.replaceAll('\t', '    '));
  const least = Math.min(...plain.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length));
  return plain.map((line) => withoutIndent(line, least)).join('\n');
}

function withoutIndent(line: string, count: number): string {
  return line.slice(Math.min(count, line.length - line.trimStart().length));
}
