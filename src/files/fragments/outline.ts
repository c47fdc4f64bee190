/** A part of a file of code as its grammar sees it: what it defines, on the top level or within a class and its like. */
export type OutlineEntry = Definition | Container | Statement;

interface Place {
  /** Where it begins, with its decorators, attributes and modifiers, in UTF-16 units. */
  start: number;
  /** Where the comments begin that stand right above it; the same as `start` where there are none. */
  lead: number;
  /** Where its own words begin, after decorators, attributes and modifiers. */
  core: number;
  end: number;
}

/** A function, a method, a type or a value with a name. */
export interface Definition extends Place {
  kind: 'definition';
  sort: 'function' | 'type' | 'value';
  /** With whatever tells it from others that are called alike: `get total`, `Stack.Push` of Go, `add(int)` of Java. */
  name: string;
  /** Without it. */
  bareName: string;
  /** It takes the object that it is called on, so that it belongs into a class. */
  takesSelf: boolean;
  /** It does nothing: its body is empty but for comments, `pass` or an ellipsis. */
  isStub: boolean;
}

/** A class, an `impl`, a module: what definitions stand in. */
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

/** The entries of a text, which stands beside them because their places refer to it. */
export interface Outline {
  text: string;
  entries: OutlineEntry[];
  /** Lines (from 0) that begin within a string, and are not to be indented. */
  stringLines: ReadonlySet<number>;
}

/** The functions and types of an outline, each with the container that it stands in; values and imports say little about which file it is. */
export function definitionsOf(
  entries: readonly OutlineEntry[],
  container?: Container,
): { definition: Definition; container: Container | undefined }[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'container') return definitionsOf(entry.entries, entry);
    return entry.kind === 'definition' && entry.sort !== 'value' ? [{ definition: entry, container }] : [];
  });
}

/** How a definition is known within its file. */
export function qualifiedName({ definition, container }: { definition: Definition; container: Container | undefined }): string {
  return container === undefined ? definition.bareName : `${container.name}.${definition.bareName}`;
}
