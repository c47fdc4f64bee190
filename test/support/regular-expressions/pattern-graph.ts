import { parsePattern, type PatternNode } from './parse-pattern.ts';

/** What has to be true between two characters for a way from one to the other to be open. `undefined` is the beginning of the text, or its end. */
type Condition = (before: number | undefined, after: number | undefined) => boolean;

/** A way into or out of a part of an expression, with what has to be true on it. */
interface Way {
  place: number;
  conditions: Condition[];
}

/** Where an expression can be (each place reads one character), and how it goes on from there. */
export interface PatternGraph {
  /** The kinds of character that the expression tells apart, each by one of them. */
  characters: string[];
  /** What each place can read: indexes into `characters`. */
  reads: Set<number>[];
  /** The places that can follow a place, each as often as there are different ways to it. */
  follows: Way[][];
  first: Way[];
  /** Places after which the expression has matched, whatever comes next. */
  accepting: Set<number>;
  /** The place that stands for "begin one character later"; undefined where the expression can only begin at the beginning. */
  later: number | undefined;
  /** Looks back without limit: to be judged by a person. */
  looksBackFar: boolean;
}

interface Part {
  first: Way[];
  last: Way[];
  /** The ways through it that read nothing. */
  empty: Condition[][];
}

/** Above this a repetition counts as one without an end. */
const boundedBy = 300;
/** So often the part of a bounded repetition is written out: what can be told apart is told apart by then. */
const copies = 3;
const usual = [
  'a',
  'z',
  'A',
  'Z',
  '0',
  '9',
  '_',
  ' ',
  '\t',
  '\n',
  '\r',
  '\u2028',
  '\u00a0',
  '\0',
  '!',
  '`',
  '"',
  '\u00e4',
  '\u00c4',
  '\u6587',
  '.',
  '/',
  '-',
];

export function patternGraph(expression: RegExp): PatternGraph {
  const tree = parsePattern(expression.source);
  const { characters, readsOf } = alphabet(tree, expression.flags);
  const graph: PatternGraph = {
    characters,
    reads: [],
    follows: [],
    first: [],
    accepting: new Set(),
    later: undefined,
    looksBackFar: false,
  };
  const isWord = characters.map((character) => /^\w$/.test(character));
  const isEnding = characters.map((character) => /^[\n\r\u2028\u2029]$/.test(character));
  const word = (index: number | undefined) => index !== undefined && isWord[index]!;
  const everyLine = expression.multiline;
  const conditions: Record<string, Condition> = {
    '^': (before) => before === undefined || (everyLine && isEnding[before]!),
    $: (_before, after) => after === undefined || (everyLine && isEnding[after]!),
    '\\b': (before, after) => word(before) !== word(after),
    '\\B': (before, after) => word(before) === word(after),
  };

  const place = (reads: Set<number>) => {
    graph.follows.push([]);
    return graph.reads.push(reads) - 1;
  };
  const join = (last: Way[], first: Way[]) => {
    for (const from of last)
      for (const to of first) addWay(from.place, { place: to.place, conditions: [...from.conditions, ...to.conditions] });
  };
  const addWay = (from: number, way: Way) => {
    const isClosed = !everyLine && way.conditions.some((holds) => holds === conditions['^'] || holds === conditions['$']);
    if (!isClosed) graph.follows[from]!.push(way);
  };
  const after = (ways: Condition[][], { place: to, conditions: own }: Way) =>
    ways.map((way) => ({ place: to, conditions: [...way, ...own] }));
  const before = ({ place: from, conditions: own }: Way, ways: Condition[][]) =>
    ways.map((way) => ({ place: from, conditions: [...own, ...way] }));

  function sequence(parts: Part[]): Part {
    let whole: Part = { first: [], last: [], empty: [[]] };
    for (const part of parts) {
      join(whole.last, part.first);
      whole = {
        first: [...whole.first, ...part.first.flatMap((way) => after(whole.empty, way))],
        last: [...part.last, ...whole.last.flatMap((way) => before(way, part.empty))],
        empty: whole.empty.flatMap((one) => part.empty.map((other) => [...one, ...other])).slice(0, 4),
      };
    }
    return whole;
  }

  function build(node: PatternNode): Part {
    switch (node.kind) {
      case 'character': {
        const way = { place: place(readsOf(node.source)), conditions: [] };
        return { first: [way], last: [way], empty: [] };
      }
      case 'sequence':
        return sequence(node.nodes.map(build));
      case 'choice': {
        const parts = node.nodes.map(build);
        return {
          first: parts.flatMap(({ first }) => first),
          last: parts.flatMap(({ last }) => last),
          empty: parts.flatMap(({ empty }) => empty),
        };
      }
      case 'look':
        return look(node);
      case 'repeat':
        return repeat(node);
      case 'assertion':
      default:
        return { first: [], last: [], empty: [[conditions[node.at]!]] };
    }
  }

  function look({ node, behind, negative }: PatternNode & { kind: 'look' }): Part {
    const single = singleCharacter(node);
    if (single !== undefined) {
      const reads = readsOf(single);
      const holds: Condition = (left, right) => {
        const index = behind ? left : right;
        return (index !== undefined && reads.has(index)) !== negative;
      };
      return { first: [], last: [], empty: [[holds]] };
    }
    if (behind) {
      graph.looksBackFar ||= hasLoop(node);
      return { first: [], last: [], empty: [[]] };
    }
    // Read from here and never gone on from: what it costs counts, what it means does not.
    return { first: build(node).first, last: [], empty: [[]] };
  }

  function repeat({ node, least, most }: PatternNode & { kind: 'repeat' }): Part {
    const isEndless = most > boundedBy;
    const needed = Math.min(least, copies);
    const parts = Array.from({ length: isEndless ? Math.max(0, needed - 1) : needed }, () => build(node));
    const optional = (part: Part): Part => ({ ...part, empty: [[], ...part.empty.filter((way) => way.length > 0)] });
    if (isEndless) {
      const loop = build(node);
      join(loop.last, loop.first);
      parts.push(needed === 0 ? optional(loop) : loop);
    } else {
      // Each further one only after the one before, so that there is one way to read so many of them.
      let further: Part | undefined;
      for (let index = needed; index < Math.min(most, copies); index += 1)
        further = optional(further === undefined ? build(node) : sequence([build(node), further]));
      if (further !== undefined) parts.push(further);
    }
    return sequence(parts);
  }

  const whole = build(tree);
  graph.first = whole.first;
  // What reads everything gets to the end of the text, too.
  const readsOn = (from: number) => graph.reads[from]!.size === characters.length && graph.follows[from]!.some((way) => way.place === from);
  for (const { place: last, conditions: needs } of whole.last)
    if (needs.every((holds) => holds === conditions['$'] && readsOn(last))) graph.accepting.add(last);
  if (!expression.sticky) {
    const later = place(new Set(characters.keys()));
    for (const way of [{ place: later, conditions: [] }, ...whole.first]) addWay(later, way);
    graph.later = later;
  }
  return graph;
}

/** One character of each kind that the expression tells apart. */
function alphabet(tree: PatternNode, flags: string): { characters: string[]; readsOf: (source: string) => Set<number> } {
  const sources = new Set<string>();
  collect(tree, sources);
  const tests = new Map([...sources].map((source) => [source, new RegExp(`^(?:${source})$`, flags.replace(/[gym]/g, ''))]));
  const most = /[uv]/.test(flags) ? 0x10_ff_ff : 0xff_ff;
  const candidates = new Set(most > 0xff_ff ? [...usual, '\u{1F600}'] : usual);
  for (const source of sources) {
    for (const character of source) {
      const code = character.codePointAt(0)!;
      for (const near of [code, code - 1, code + 1]) if (near >= 0 && near <= most) candidates.add(String.fromCodePoint(near));
    }
    for (const [, long, short] of source.matchAll(/\\(?:u\{([\da-f]+)\}|[ux]([\da-f]{2,4}))/gi))
      candidates.add(String.fromCodePoint(parseInt(long ?? short!, 16)));
  }
  const kinds = new Map<string, string>();
  for (const character of candidates) {
    const signature = [...tests.values(), /^\w$/, /^[\n\r\u2028\u2029]$/].map((test) => (test.test(character) ? '1' : '0')).join('');
    if (!kinds.has(signature)) kinds.set(signature, character);
  }
  const characters = [...kinds.values()];
  const known = new Map(
    [...tests].map(([source, test]) => [source, new Set([...characters.keys()].filter((index) => test.test(characters[index]!)))]),
  );
  return { characters, readsOf: (source) => known.get(source)! };
}

function collect(node: PatternNode, into: Set<string>): void {
  if (node.kind === 'character') into.add(node.source);
  else if (node.kind === 'sequence' || node.kind === 'choice') for (const part of node.nodes) collect(part, into);
  else if (node.kind === 'repeat' || node.kind === 'look') collect(node.node, into);
}

function hasLoop(node: PatternNode): boolean {
  if (node.kind === 'repeat') return node.most > boundedBy || hasLoop(node.node);
  if (node.kind === 'sequence' || node.kind === 'choice') return node.nodes.some(hasLoop);
  return node.kind === 'look' && hasLoop(node.node);
}

function singleCharacter(node: PatternNode): string | undefined {
  if (node.kind === 'character') return node.source;
  return node.kind === 'sequence' && node.nodes.length === 1 ? singleCharacter(node.nodes[0]!) : undefined;
}
