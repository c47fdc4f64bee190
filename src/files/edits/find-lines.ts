/** A place in a file where lines were found, and how to indent the lines that replace them. */
export interface FoundLines {
  index: number;
  indent: (line: string) => string;
}

const asIs = (line: string) => line;
/** Comparing the indentation of each place takes time. If this many places are alike, nothing tells which one is meant. */
const mostPlaces = 50;

/** Where these lines are: exactly, or else ignoring white space at their ends, or else with all of them indented differently. */
export function findLines(lines: readonly string[], wanted: readonly string[]): FoundLines[] {
  for (const normalise of [asIs, (line: string) => line.trimEnd()]) {
    const places = placesOf(lines.map(normalise), wanted.map(normalise));
    if (places.length > 0) return places.map((index) => ({ index, indent: asIs }));
  }
  const trimmed = placesOf(
    lines.map((line) => line.trim()),
    wanted.map((line) => line.trim()),
  );
  return trimmed.slice(0, mostPlaces).flatMap((index) => {
    const indent = indentOf(lines.slice(index, index + wanted.length), wanted);
    return indent === undefined ? [] : [{ index, indent }];
  });
}

/** Every place of one sequence in another, in time linear in both (Knuth, Morris and Pratt). */
function placesOf(lines: readonly string[], wanted: readonly string[]): number[] {
  if (wanted.length === 0) return [];
  const fallback = [0];
  for (let index = 1, matched = 0; index < wanted.length; index += 1) {
    while (matched > 0 && wanted[index] !== wanted[matched]) matched = fallback[matched - 1]!;
    if (wanted[index] === wanted[matched]) matched += 1;
    fallback.push(matched);
  }
  const places: number[] = [];
  for (let index = 0, matched = 0; index < lines.length; index += 1) {
    while (matched > 0 && lines[index] !== wanted[matched]) matched = fallback[matched - 1]!;
    if (lines[index] === wanted[matched]) matched += 1;
    if (matched < wanted.length) continue;
    places.push(index - wanted.length + 1);
    matched = fallback[matched - 1]!;
  }
  return places;
}

/** How the wanted lines become the found ones: by adding something to the beginning of each, or by removing it. */
function indentOf(found: readonly string[], wanted: readonly string[]): ((line: string) => string) | undefined {
  const index = wanted.findIndex((line) => line.trim() !== '');
  if (index === -1) return undefined;
  const [there, here] = [indentationOf(found[index]!), indentationOf(wanted[index]!)];
  const indent = there.endsWith(here) ? addition(there.slice(0, there.length - here.length)) : removal(here, there);
  const fits = wanted.every((line, at) => line.trim() === '' || indent?.(line).trimEnd() === found[at]!.trimEnd());
  return fits ? indent : undefined;
}

function addition(added: string): (line: string) => string {
  return (line) => (line.trim() === '' ? line : added + line);
}

function removal(here: string, there: string): ((line: string) => string) | undefined {
  if (!here.endsWith(there)) return undefined;
  const removed = here.slice(0, here.length - there.length);
  return (line) => (line.startsWith(removed) ? line.slice(removed.length) : line);
}

function indentationOf(line: string): string {
  return /^[ \t]*/.exec(line)![0];
}
