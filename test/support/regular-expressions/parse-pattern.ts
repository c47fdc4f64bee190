/** What a regular expression is made of, as far as the way it is matched depends on it. */
export type PatternNode =
  /** One character; `source` is itself an expression for it. */
  | { kind: 'character'; source: string }
  | { kind: 'sequence' | 'choice'; nodes: PatternNode[] }
  | { kind: 'repeat'; node: PatternNode; least: number; most: number }
  | { kind: 'assertion'; at: '^' | '$' | '\\b' | '\\B' }
  | { kind: 'look'; node: PatternNode; behind: boolean; negative: boolean };

/** Reads the source of an expression that is known to be valid. A reference to a group stands for the group once more. */
export function parsePattern(source: string): PatternNode {
  const groups: (PatternNode | undefined)[] = [];
  const names = new Map<string, number>();
  let at = 0;

  function choice(): PatternNode {
    const nodes = [sequence()];
    while (source[at] === '|') {
      at += 1;
      nodes.push(sequence());
    }
    return nodes.length === 1 ? nodes[0]! : { kind: 'choice', nodes };
  }

  function sequence(): PatternNode {
    const nodes: PatternNode[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') nodes.push(repeated(term()));
    return { kind: 'sequence', nodes };
  }

  function repeated(node: PatternNode): PatternNode {
    const quantifier = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/.exec(source.slice(at));
    if (quantifier === null) return node;
    at += quantifier[0].length;
    const [text, first, comma, last] = quantifier;
    const least = first === undefined ? (text.startsWith('+') ? 1 : 0) : Number(first);
    const most =
      first === undefined ? (text.startsWith('?') ? 1 : Infinity) : comma === undefined ? least : last === '' ? Infinity : Number(last);
    return { kind: 'repeat', node, least, most };
  }

  function term(): PatternNode {
    const rest = source.slice(at);
    const assertion = /^(?:\^|\$|\\b|\\B)/.exec(rest);
    if (assertion !== null) {
      at += assertion[0].length;
      return { kind: 'assertion', at: assertion[0] as '^' };
    }
    const opening = /^\((?:\?(?:(?<look><?[=!])|:|<(?<name>[^>=!]+)>))?/.exec(rest);
    if (opening !== null) return group(opening);
    const reference = /^\\(?:([1-9]\d*)|k<([^>]+)>)/.exec(rest);
    if (reference !== null) {
      at += reference[0].length;
      const number = reference[1] === undefined ? names.get(reference[2]!)! : Number(reference[1]);
      return groups[number - 1] ?? { kind: 'sequence', nodes: [] };
    }
    const character = /^(?:\[(?:\\[\s\S]|[^\\\]])*\]|\\[pPu]\{[^}]*\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\c[A-Za-z]|\\[\s\S]|[\s\S])/u.exec(
      rest,
    )!;
    at += character[0].length;
    return { kind: 'character', source: character[0] };
  }

  function group(opening: RegExpExecArray): PatternNode {
    at += opening[0].length;
    const { look, name } = opening.groups ?? {};
    const captures = opening[0] === '(' || name !== undefined;
    const number = captures ? groups.push(undefined) : 0;
    if (name !== undefined) names.set(name, number);
    const node = choice();
    at += 1;
    if (captures) groups[number - 1] = node;
    if (look === undefined) return node;
    return { kind: 'look', node, behind: look.startsWith('<'), negative: look.endsWith('!') };
  }

  return choice();
}
