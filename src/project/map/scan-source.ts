import type { MapLanguage } from './languages/map-language.ts';

/** What a file says by itself, whatever else there is: it depends on its content alone. */
export interface SourceFacts {
  readonly imports: readonly string[];
  readonly names: readonly string[];
  readonly provides: readonly string[];
}

/** Code that people write stays below these; files beyond them are generated, or hostile. */
const most = { imports: 1000, names: 200, provides: 20, line: 2000, word: 400 };

/** One pass over the text, in time and space in proportion to it. */
export function scanSource(language: MapLanguage, text: string): SourceFacts {
  const imports = new Set<string>();
  const names = new Set<string>();
  const provides = new Set<string>();
  const addTo = (set: Set<string>, limit: number) => (word: string) => {
    if (word !== '' && word.length <= most.word && set.size < limit) set.add(word);
  };
  language.scan(linesOf(text), {
    addImport: addTo(imports, most.imports),
    addName: addTo(names, most.names),
    provide: addTo(provides, most.provides),
  });
  return { imports: [...imports], names: [...names], provides: [...provides] };
}

function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    yield text.slice(start, Math.min(end, start + most.line));
    start = end + 1;
  }
}
