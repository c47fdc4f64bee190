/** A part of a code file as its grammar sees it: what it defines, at the top level or within a class or the like. */
export type OutlineEntry = Definition | Container | Statement;

interface Place {
  /** Where it begins, with its decorators, attributes and modifiers, in UTF-16 units. */
  start: number;
  /** Where the comments right above it begin; the same as `start` if there are none. */
  lead: number;
  /** Where its own words begin, after decorators, attributes and modifiers. */
  core: number;
  end: number;
}

/** A function, a method, a type or a value with a name. */
export interface Definition extends Place {
  kind: 'definition';
  sort: 'function' | 'type' | 'value';
  /** With whatever distinguishes it from others of the same name: `get total`, `Stack.Push` in Go, `add(int)` in Java. */
  name: string;
  /** Without that. */
  bareName: string;
  /** It takes the object that it is called on, so it belongs in a class. */
  takesSelf: boolean;
  /** It does nothing: its body has only comments, `pass` or an ellipsis. */
  isStub: boolean;
}

/** A class, an `impl` or a module: it contains definitions. */
export interface Container extends Place {
  kind: 'container';
  name: string;
  /** Everything before its body, with single spaces. */
  header: string;
  entries: OutlineEntry[];
}

export interface Statement extends Place {
  kind: 'import' | 'comment' | 'other';
}

/** The entries of a text, together with the text, because their positions refer to it. */
export interface Outline {
  text: string;
  entries: OutlineEntry[];
  /** Lines (from 0) that begin within a string and must not be indented. */
  stringLines: ReadonlySet<number>;
}

/** The functions and types of an outline, each with its container. Values and imports say little about which file it is. */
export function definitionsOf(
  entries: readonly OutlineEntry[],
  container?: Container,
): { definition: Definition; container: Container | undefined }[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'container') return definitionsOf(entry.entries, entry);
    return entry.kind === 'definition' && entry.sort !== 'value' ? [{ definition: entry, container }] : [];
  });
}

/** The name of a definition within its file. */
export function qualifiedName({ definition, container }: { definition: Definition; container: Container | undefined }): string {
  return container === undefined ? definition.bareName : `${container.name}.${definition.bareName}`;
}
