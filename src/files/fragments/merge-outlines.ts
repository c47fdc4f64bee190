import { Doubt, OutlineEdits } from './outline-edits.ts';
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

class Merge {
  readonly #standing: Outline;
  readonly #fragment: Outline;
  readonly #entries: readonly OutlineEntry[];
  readonly #areMembers: boolean;
  readonly #edits: OutlineEdits;

  constructor({ standing, fragment, entries, areMembers }: MergeOptions) {
    this.#standing = standing;
    this.#fragment = fragment;
    this.#entries = entries;
    this.#areMembers = areMembers;
    this.#edits = new OutlineEdits(standing, fragment);
  }

  content(): string {
    this.#place(this.#entries, { entries: this.#standing.entries, container: undefined });
    return this.#edits.content();
  }

  #place(entries: readonly OutlineEntry[], level: Level): void {
    /** The last part of each level that was placed, after which new ones go. */
    const last = new Map<Container | undefined, OutlineEntry>();
    const waiting: Definition[] = [];
    const methods = level.container === undefined ? this.#classOfMethods(entries) : undefined;
    for (const entry of entries) {
      if (entry.kind === 'comment') continue;
      if (entry.kind === 'import') this.#edits.addImport(entry);
      else if (entry.kind === 'other') this.#skipKnown(entry, level);
      else if (entry.kind === 'container') last.set(level.container, this.#placeContainer(entry, level, last.get(level.container)));
      else if (entry.kind === 'definition') {
        const home = this.#homeOf(entry, level, methods);
        const known = this.#known(entry, home);
        if (known !== undefined) {
          this.#edits.replace(known, entry);
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
    const home =
      best[0]?.container ?? (loose.length > 0 && loose.every((entry) => this.#isMethod(entry)) ? this.#onlyClass(containers) : undefined);
    return home && { entries: home.entries, container: home };
  }

  /** Methods that no class has yet are of the only one that has methods. */
  #onlyClass(containers: readonly Container[]): Container | undefined {
    const having = containers.filter(({ entries }) => entries.some((entry) => entry.kind === 'definition' && this.#isMethod(entry)));
    return having.length === 1 ? having[0] : undefined;
  }

  #isMethod({ sort, takesSelf }: Definition): boolean {
    return sort === 'function' && (this.#areMembers || takesSelf);
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

  #addAfter(neighbour: OutlineEntry, entry: Definition | Container): void {
    // A remark at the very beginning is about the fragment as a whole.
    this.#edits.addAfter(neighbour, entry, { withRemark: entry !== this.#entries[0] });
  }

  #addValue(entry: Definition, home: Level): void {
    const last = home.entries.findLast((other) => other.kind === 'definition' && other.sort === 'value');
    if (last === undefined || home.container === undefined) throw new Doubt(`nothing says where '${entry.bareName}' belongs`);
    this.#edits.addValue(last, entry);
  }

  /** Skips a statement that the file has, too, such as the last line, which starts it. */
  #skipKnown({ start, end }: OutlineEntry, level: Level): void {
    const words = squeezed(this.#fragment.text.slice(start, end));
    const isKnown = level.entries.some(
      (other) => other.kind === 'other' && squeezed(this.#standing.text.slice(other.start, other.end)) === words,
    );
    if (!isKnown) throw new Doubt('it holds statements that belong to no function');
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

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
