import { indentationBefore, reindent } from './reindent.ts';
import { judgeImport } from './judge-import.ts';
import { elisionMark } from './mark-elisions.ts';
import { definitionsOf, type Container, type Definition, type Outline, type OutlineEntry } from './outline.ts';
import { trimEndOf } from '../../utils/trim-end-of.ts';

export interface MergeOptions {
  /** The current file. */
  standing: Outline;
  fragment: Outline;
  /** The entries of the fragment to place: all, or those within a class that was put around methods in order to read them. */
  entries: readonly OutlineEntry[];
  /** Whether the entries are members of a class that the fragment does not name. */
  areMembers: boolean;
}

export type MergeResult = { kind: 'merged'; content: string } | { kind: 'doubtful'; reason: string };

/** Says why a fragment has no place, as part of a sentence. */
class Doubt extends Error {}

/** Puts what a fragment defines into the file. What exists already is replaced in its place; what is new comes after what was placed before it. */
export function mergeOutlines(options: MergeOptions): MergeResult {
  try {
    return { kind: 'merged', content: new Merge(options).content() };
  } catch (error) {
    if (error instanceof Doubt) return { kind: 'doubtful', reason: error.message };
    throw error;
  }
}

interface Level {
  entries: readonly OutlineEntry[];
  container: Container | undefined;
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

class Merge {
  readonly #standing: Outline;
  readonly #fragment: Outline;
  readonly #entries: readonly OutlineEntry[];
  readonly #areMembers: boolean;
  readonly #edits: Edit[] = [];
  readonly #replaced = new Set<OutlineEntry>();

  constructor({ standing, fragment, entries, areMembers }: MergeOptions) {
    this.#standing = standing;
    this.#fragment = fragment;
    this.#entries = entries;
    this.#areMembers = areMembers;
  }

  content(): string {
    this.#place(this.#entries, { entries: this.#standing.entries, container: undefined });
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

  #place(entries: readonly OutlineEntry[], level: Level): void {
    /** The last part of each level that was placed, after which new ones go. */
    const last = new Map<Container | undefined, OutlineEntry>();
    const waiting: Definition[] = [];
    const methods = level.container === undefined ? this.#classOfMethods(entries) : undefined;
    for (const entry of entries) {
      if (entry.kind === 'comment') continue;
      if (entry.kind === 'import') this.#addImport(entry);
      else if (entry.kind === 'other') this.#skipKnown(entry, level);
      else if (entry.kind === 'container') last.set(level.container, this.#placeContainer(entry, level, last.get(level.container)));
      else if (entry.kind === 'definition') {
        const home = this.#homeOf(entry, level, methods);
        const known = this.#known(entry, home);
        if (known !== undefined) {
          this.#replace(known, entry);
          last.set(home.container, known);
        } else if (entry.sort === 'value') this.#addValue(entry, home);
        else if (last.has(home.container)) this.#addAfter(last.get(home.container)!, entry);
        else waiting.push(entry);
      }
    }
    for (const entry of waiting) {
      const home = this.#homeOf(entry, level, methods);
      const neighbour = last.get(home.container) ?? (home.container === undefined ? undefined : home.entries.at(-1));
      if (neighbour === undefined) throw new Doubt(`nothing says where '${entry.bareName}' belongs`);
      this.#addAfter(neighbour, entry);
    }
  }

  /** The only class of the file with the methods that the fragment gives without their class. */
  #classOfMethods(entries: readonly OutlineEntry[]): Level | undefined {
    const top = new Set(this.#standing.entries.flatMap((entry) => (entry.kind === 'definition' ? [entry.name] : [])));
    const loose = entries.filter((entry): entry is Definition => entry.kind === 'definition' && entry.sort === 'function');
    const names = loose.filter((entry) => this.#areMembers || entry.takesSelf || !top.has(entry.name)).map(({ bareName }) => bareName);
    const containers = containersOf(this.#standing.entries);
    const scores = containers.map((container) => {
      const members = new Set(container.entries.flatMap((entry) => (entry.kind === 'definition' ? [entry.bareName] : [])));
      return { container, score: names.filter((name) => members.has(name)).length };
    });
    const most = Math.max(0, ...scores.map(({ score }) => score));
    const best = scores.filter(({ score }) => most > 0 && score === most);
    if (best.length > 1) throw new Doubt(`more than one class has ${names.map((name) => `'${name}'`).join(', ')}`);
    return best[0] && { entries: best[0].container.entries, container: best[0].container };
  }

  /** The level that a definition belongs to: its own, or the class of methods that came without theirs. */
  #homeOf(entry: Definition, level: Level, methods: Level | undefined): Level {
    if (level.container !== undefined) return level;
    if (this.#areMembers || (entry.takesSelf && entry.sort === 'function')) {
      if (methods === undefined) throw new Doubt(`no class says that it has '${entry.bareName}'`);
      return methods;
    }
    const isTop = matching(entry, level.entries).length > 0;
    return !isTop && methods !== undefined && matching(entry, methods.entries).length > 0 ? methods : level;
  }

  #known(entry: Definition, home: Level): Definition | undefined {
    const found = matching(entry, home.entries);
    if (found.length > 1) throw new Doubt(`the file has '${entry.bareName}' more than once`);
    return found[0];
  }

  #placeContainer(entry: Container, level: Level, last: OutlineEntry | undefined): OutlineEntry {
    const same = level.entries.filter((other): other is Container => other.kind === 'container' && other.name === entry.name);
    const names = new Set(definitionsOf(entry.entries).map(({ definition }) => definition.name));
    const having = same.filter((other) => other.entries.some((member) => member.kind === 'definition' && names.has(member.name)));
    const [known, ...others] = same.length > 1 ? having : same;
    if (others.length > 0) throw new Doubt(`the file has '${entry.name}' more than once`);
    if (known === undefined) {
      if (last === undefined) throw new Doubt(`nothing says where '${entry.name}' belongs`);
      this.#addAfter(last, entry);
      return last;
    }
    // A short header leaves bases out; a different one would change the class itself.
    if (
      !known.header.startsWith(trimEndOf(entry.header, /[\s:{]/)) &&
      known.header !== entry.header &&
      !known.header.endsWith(entry.header)
    )
      throw new Doubt(`the head of '${entry.name}' is another one`);
    this.#place(entry.entries, { entries: known.entries, container: known });
    return known;
  }

  #replace(known: Definition, entry: Definition): void {
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

  #addAfter(neighbour: OutlineEntry, entry: Definition | Container): void {
    const { text } = this.#standing;
    if (this.#fragment.text.slice(entry.start, entry.end).includes(elisionMark))
      throw new Doubt(`'${entry.name}' leaves a part of itself out`);
    const indentation = indentationBefore(text, neighbour.start);
    if (indentation === undefined || !endsItsLine(text, neighbour.end)) throw new Doubt(`nothing says where '${entry.name}' belongs`);
    const from = entry === this.#entries[0] && !this.#hasOwnComment(entry) ? entry.start : entry.lead;
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

  #addImport(entry: OutlineEntry): void {
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

  #addValue(entry: Definition, home: Level): void {
    const values = home.entries.filter((other) => other.kind === 'definition' && other.sort === 'value');
    const last = values.at(-1);
    if (last === undefined || home.container === undefined) throw new Doubt(`nothing says where '${entry.bareName}' belongs`);
    const indentation = indentationBefore(this.#standing.text, last.start);
    if (indentation === undefined) throw new Doubt(`nothing says where '${entry.bareName}' belongs`);
    const end = endOfLine(this.#standing.text, last.end);
    const piece = reindent({ outline: this.#fragment, from: entry.start, to: entry.end, indentation });
    this.#edits.push({ start: end, end, text: this.#withEndings(`\n${piece}`) });
  }

  /** Skips a statement that the file has, too, such as the last line, which starts it. */
  #skipKnown({ start, end }: OutlineEntry, level: Level): void {
    const words = squeezed(this.#fragment.text.slice(start, end));
    const isKnown = level.entries.some(
      (other) => other.kind === 'other' && squeezed(this.#standing.text.slice(other.start, other.end)) === words,
    );
    if (!isKnown) throw new Doubt('it holds statements that belong to no function');
  }

  #withEndings(text: string): string {
    return this.#standing.text.includes('\r\n') ? text.replaceAll(/\r?\n/g, '\r\n') : text;
  }
}

/** The definition that an entry is a new version of: the one with the same full name, or the only one with the same bare name. */
function matching(entry: Definition, entries: readonly OutlineEntry[]): Definition[] {
  const definitions = entries.filter((other): other is Definition => other.kind === 'definition');
  const exact = definitions.filter(({ name }) => name === entry.name);
  return exact.length > 0
    ? exact
    : definitions.filter(({ name, bareName }) => bareName === entry.bareName && name !== bareName && entry.name !== entry.bareName);
}

function containersOf(entries: readonly OutlineEntry[]): Container[] {
  return entries.flatMap((entry) => (entry.kind === 'container' ? [entry, ...containersOf(entry.entries)] : []));
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

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
