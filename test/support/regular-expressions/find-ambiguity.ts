import type { PatternGraph } from './pattern-graph.ts';

/** What makes an expression slow: after `before`, each further `again` doubles the ways to read on, or adds one more to them, and none of them leads to a match at once. */
export interface Ambiguity {
  kind: 'exponential' | 'polynomial';
  before: string;
  again: string;
}

/**
 * Looks for what makes an expression take more than linear time on some text: one stretch of it that can be read in two ways, again and again. These are
 * the known conditions of automata theory: two different ways from a place back to itself (exponential), or a loop, a way from it to a second loop, and
 * the second loop, all reading the same text (polynomial). To begin one character later counts as a loop, too. Finding none is a proof, but for what a
 * lookbehind of more than one character reads.
 */
export function findAmbiguity(graph: PatternGraph): Ambiguity | undefined {
  const loops = loopsOf(graph);
  for (const [place, own] of loops) {
    const again = graph.accepting.has(place) ? undefined : readTwice(graph, place, own);
    if (again !== undefined) return { kind: 'exponential', before: wayTo(graph, place), again };
  }
  for (const [first, own] of loops)
    for (const [second, others] of loops) {
      if (first === second || graph.accepting.has(second) || !reachable(graph, first).has(second)) continue;
      const again = readByBoth(graph, [first, own], [second, others]);
      if (again !== undefined) return { kind: 'polynomial', before: wayTo(graph, first), again };
    }
  return undefined;
}

/** Texts on which the expression has most to do: each of its loops gone round until the text is so long, and then an end that does not fit. */
export function hardTexts(graph: PatternGraph, length: number): string[] {
  return [...loopsOf(graph)].flatMap(([place, own]) => {
    const again = search(
      graph,
      [place],
      (state) => state[0] === place,
      (_at, to) => own.has(to),
    );
    if (again === undefined) return [];
    return [`${wayTo(graph, place)}${again.repeat(Math.ceil(length / again.length))}\0`];
  });
}

/** The places that can be come back to, each with those on the ways back. */
function loopsOf(graph: PatternGraph): Map<number, Set<number>> {
  const reached = graph.reads.map((_reads, place) => reachable(graph, place));
  return new Map(
    reached.flatMap((own, place) =>
      own.has(place) ? [[place, new Set([...own].filter((other) => reached[other]!.has(place)))] as const] : [],
    ),
  );
}

const known = new WeakMap<PatternGraph, Map<number, Set<number>>>();

function reachable(graph: PatternGraph, from: number): Set<number> {
  const all = known.get(graph) ?? new Map<number, Set<number>>();
  known.set(graph, all);
  const found = all.get(from) ?? new Set<number>();
  if (all.has(from)) return found;
  all.set(from, found);
  const open = [from];
  while (open.length > 0) {
    for (const { place } of graph.follows[open.pop()!]!) {
      if (found.has(place)) continue;
      found.add(place);
      open.push(place);
    }
  }
  return found;
}

function readTwice(graph: PatternGraph, place: number, own: Set<number>): string | undefined {
  const allowed = (_reader: number, to: number) => own.has(to) && !graph.accepting.has(to);
  const again = search(graph, [place, place], ([one, other], parted) => one === place && other === place && parted, allowed);
  return again;
}

function readByBoth(graph: PatternGraph, [first, own]: [number, Set<number>], [second, others]: [number, Set<number>]): string | undefined {
  const allowed = (reader: number, to: number) =>
    reader === 0 ? own.has(to) : reader === 2 ? others.has(to) && !graph.accepting.has(to) : reachable(graph, to).has(second);
  const again = search(
    graph,
    [first, first, second],
    ([one, between, other]) => one === first && between === second && other === second,
    allowed,
  );
  return again;
}

const ways = new WeakMap<PatternGraph, Map<number, string>>();

/** The shortest text that leads to a place. */
function wayTo(graph: PatternGraph, place: number): string {
  if (place === graph.later) return '';
  let all = ways.get(graph);
  if (all === undefined) ways.set(graph, (all = waysOf(graph)));
  return all.get(place) ?? '';
}

function waysOf(graph: PatternGraph): Map<number, string> {
  const found = new Map<number, string>();
  const seen = new Set<string>();
  let open: { place: number; read: number | undefined; text: string }[] = [{ place: -1, read: undefined, text: '' }];
  while (open.length > 0) {
    const next: typeof open = [];
    for (const { place, read, text } of open)
      for (const way of graph.follows[place] ?? graph.first)
        for (const character of graph.reads[way.place]!) {
          const key = `${way.place}:${character}`;
          if (seen.has(key) || !way.conditions.every((holds) => holds(read, character))) continue;
          seen.add(key);
          const longer = text + graph.characters[character]!;
          if (!found.has(way.place)) found.set(way.place, longer);
          next.push({ place: way.place, read: character, text: longer });
        }
    open = next;
  }
  return found;
}

/**
 * The shortest text that several readers, each on its own way from where it stands, can read together until they stand as wanted. They begin after the
 * same character, and end after it, so that the text can be read again.
 */
function search(
  graph: PatternGraph,
  from: number[],
  isGoal: (state: number[], parted: boolean) => boolean,
  allowed: (reader: number, place: number) => boolean,
): string | undefined {
  const starts = [...graph.reads[from[0]!]!].filter((read) => from.every((place) => graph.reads[place]!.has(read)));
  for (const start of starts) {
    const seen = new Set<string>();
    let open: { state: number[]; read: number; parted: boolean; text: string }[] = [{ state: from, read: start, parted: false, text: '' }];
    while (open.length > 0) {
      const next: typeof open = [];
      for (const { state, read, parted, text } of open)
        for (const character of graph.characters.keys()) {
          for (const { places, ways } of together(graph, state, read, character, allowed)) {
            const nowParted = parted || (state.length === 2 && ways[0] !== ways[1]);
            const key = `${character}:${nowParted}:${places.join(',')}`;
            if (seen.has(key)) continue;
            seen.add(key);
            const longer = text + graph.characters[character]!;
            if (isGoal(places, nowParted) && character === start) return longer;
            next.push({ state: places, read: character, parted: nowParted, text: longer });
          }
        }
      open = next;
    }
  }
  return undefined;
}

function together(
  graph: PatternGraph,
  state: number[],
  read: number,
  character: number,
  allowed: (reader: number, place: number) => boolean,
): { places: number[]; ways: number[] }[] {
  let combined: { places: number[]; ways: number[] }[] = [{ places: [], ways: [] }];
  // The last one first: it stands in one loop, and where it cannot read on the others need not be asked.
  for (let reader = state.length - 1; reader >= 0; reader -= 1) {
    const longer: typeof combined = [];
    for (const [index, way] of graph.follows[state[reader]!]!.entries()) {
      if (
        !graph.reads[way.place]!.has(character) ||
        !allowed(reader, way.place) ||
        !way.conditions.every((holds) => holds(read, character))
      )
        continue;
      for (const { places, ways } of combined) longer.push({ places: [way.place, ...places], ways: [index, ...ways] });
    }
    if (longer.length === 0) return [];
    combined = longer;
  }
  return combined;
}
