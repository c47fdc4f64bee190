import { indentationBefore, reindent } from './reindent.ts';
import { judgeImport } from './judge-import.ts';
import { elisionMark } from './mark-elisions.ts';
import type { Container, Definition, Outline, OutlineEntry } from './outline.ts';

/** Says why a fragment has no place, as part of a sentence. */
export class Doubt extends Error {}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/** The text of a file with parts of a fragment put into it, each with the indentation, the blank lines and the line endings of its place. Every method throws a Doubt where that place is not clear. */
export class OutlineEdits {
  readonly #standing: Outline;
  readonly #fragment: Outline;
  readonly #edits: Edit[] = [];
  readonly #replaced = new Set<OutlineEntry>();

  /** @param standing The current file. */
  constructor(standing: Outline, fragment: Outline) {
    this.#standing = standing;
    this.#fragment = fragment;
  }

  /** The file with all that was put into it. */
  content(): string {
    const edits = this.#edits.toSorted((one, other) => one.start - other.start || one.end - other.end);
    const pieces: string[] = [];
    let at = 0;
    for (const { start, end, text } of edits) {
      if (start < at) throw new Doubt('it gives the same part twice');
      pieces.push(this.#standing.text.slice(at, start), text);
      at = end;
    }
    return pieces.join('') + this.#standing.text.slice(at);
  }

  /** Puts a definition in the place of the one that it is a new version of. What is only declared replaces nothing. */
  replace(known: Definition, entry: Definition): void {
    const { text } = this.#fragment;
    const isLeftOut = text.slice(entry.start, entry.end).includes(elisionMark);
    if (entry.isStub && !known.isStub) return;
    if (isLeftOut) throw new Doubt(`'${entry.bareName}' leaves a part of itself out`);
    if (this.#replaced.has(known)) throw new Doubt(`it gives '${entry.bareName}' twice`);
    this.#replaced.add(known);
    const hasComment = this.#hasOwnComment(entry);
    const start = hasComment ? known.lead : known.start;
    const indentation = indentationBefore(this.#standing.text, start);
    const isAlone = indentation !== undefined && endsItsLine(this.#standing.text, known.end);
    if (!isAlone) throw new Doubt(`'${entry.bareName}' shares its line with something else`);
    const forgotten = this.#forgotten(known, entry);
    const piece = reindent({ outline: this.#fragment, from: hasComment ? entry.lead : entry.start, to: entry.end, indentation }).slice(
      indentation.length,
    );
    const content = hasComment && forgotten !== '' ? this.#withinComment(entry, indentation, forgotten) : forgotten + piece;
    this.#edits.push({ start, end: known.end, text: this.#withEndings(content) });
  }

  /** Decorators, annotations, `export` and `pub` that the fragment leaves out are kept. */
  #forgotten(known: Definition, entry: Definition): string {
    const given = this.#fragment.text.slice(entry.start, entry.core);
    const there = this.#standing.text.slice(known.start, known.core);
    if (given.trim() === '') return there;
    return /[@#]/.test(given) ? '' : (/^(?:[@#][^\n]*\n[ \t]*)+/.exec(there)?.[0] ?? '');
  }

  /** Whether it has a comment that describes it, not a remark such as `// updated` or the path of the file. */
  #hasOwnComment({ lead, start }: OutlineEntry): boolean {
    const comment = this.#fragment.text.slice(lead, start).trim();
    return /^(?:\/\*\*|\/\/[/!])/.test(comment) || comment.includes('\n');
  }

  #withinComment(entry: Definition, indentation: string, forgotten: string): string {
    const comment = reindent({ outline: this.#fragment, from: entry.lead, to: entry.start, indentation }).trimEnd();
    const code = reindent({ outline: this.#fragment, from: entry.start, to: entry.end, indentation });
    return `${comment.slice(indentation.length)}\n${indentation}${forgotten}${code.slice(indentation.length)}`;
  }

  /** @param withRemark Whether a remark that stands before it comes along; a comment that describes it always does. */
  addAfter(neighbour: OutlineEntry, entry: Definition | Container, { withRemark }: { withRemark: boolean }): void {
    const { text } = this.#standing;
    if (this.#fragment.text.slice(entry.start, entry.end).includes(elisionMark))
      throw new Doubt(`'${entry.name}' leaves a part of itself out`);
    const indentation = indentationBefore(text, neighbour.start);
    if (indentation === undefined || !endsItsLine(text, neighbour.end)) throw new Doubt(`nothing says where '${entry.name}' belongs`);
    const from = withRemark || this.#hasOwnComment(entry) ? entry.lead : entry.start;
    const piece = reindent({ outline: this.#fragment, from, to: entry.end, indentation });
    const blank = '\n'.repeat(1 + this.#blankLinesAt(neighbour, indentation));
    const end = endOfLine(text, neighbour.end);
    this.#edits.push({ start: end, end, text: this.#withEndings(`${blank}${piece}`) });
  }

  /** As many blank lines as there are between this part and its neighbours. */
  #blankLinesAt({ lead, end }: OutlineEntry, indentation: string): number {
    const { text } = this.#standing;
    const after = /^[^\n]*\n((?:[ \t]*\r?\n)*)[ \t]*\S/.exec(text.slice(end, end + 500))?.[1];
    const before = /((?:[ \t]{0,100}\r?\n){1,100})[ \t]{0,100}$/.exec(text.slice(Math.max(0, lead - 100), lead))?.[1];
    const beside = before === undefined ? after : before.slice(before.indexOf('\n') + 1);
    if (beside === undefined || beside === '') return 1;
    return Math.min(indentation === '' ? 2 : 1, beside.split('\n').length - 1);
  }

  /** Adds an import behind the others, unless it is there. */
  addImport(entry: OutlineEntry): void {
    const words = this.#fragment.text.slice(entry.start, entry.end).trim();
    const imports = this.#standing.entries.filter(({ kind }) => kind === 'import');
    const texts = imports.map(({ start, end }) => this.#standing.text.slice(start, end).replaceAll('\r\n', '\n').trim());
    const last = imports.at(-1);
    const verdict = judgeImport(words, texts);
    if (verdict === 'known') return;
    if (last === undefined || verdict === 'doubtful') throw new Doubt('it imports what the file does not');
    const end = endOfLine(this.#standing.text, last.end);
    this.#edits.push({ start: end, end, text: this.#withEndings(`\n${words}`) });
  }

  /** Adds a value, such as a field, in the line behind another one. */
  addValue(last: OutlineEntry, entry: Definition): void {
    const indentation = indentationBefore(this.#standing.text, last.start);
    if (indentation === undefined) throw new Doubt(`nothing says where '${entry.bareName}' belongs`);
    const end = endOfLine(this.#standing.text, last.end);
    const piece = reindent({ outline: this.#fragment, from: entry.start, to: entry.end, indentation });
    this.#edits.push({ start: end, end, text: this.#withEndings(`\n${piece}`) });
  }

  #withEndings(text: string): string {
    return this.#standing.text.includes('\r\n') ? text.replaceAll(/\r?\n/g, '\r\n') : text;
  }
}

function endsItsLine(text: string, end: number): boolean {
  return /^[;,]?[ \t]*(?:(?:#|\/\/)[^\r\n]*)?\r?$/.test(text.slice(end, endOfLine(text, end)));
}

/** The end of the line at this position, before its line ending. */
function endOfLine(text: string, position: number): number {
  const end = text.indexOf('\n', position);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}
