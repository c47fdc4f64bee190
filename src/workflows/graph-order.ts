import type { GraphNode } from './graph-problems.ts';

/** The nodes of a sound graph, each after what it depends on. What a node needs moves before it; otherwise the order stays. */
export function inGraphOrder<Node extends GraphNode>(nodes: readonly Node[]): Node[] {
  const places = new Map(nodes.map(({ id }, place) => [id, place]));
  const placesBefore = ({ depends_on }: Node) => depends_on.flatMap((id) => places.get(id) ?? []).toSorted((one, other) => one - other);
  const ordered = new Set<Node>();
  const entered = new Set<Node>();
  for (const start of nodes) {
    // With a stack of its own: a chain may be longer than the call stack allows.
    const open = [start];
    for (let node = open.at(-1); node !== undefined; node = open.at(-1)) {
      const next = entered.has(node) ? [] : placesBefore(node).flatMap((place) => nodes[place] ?? []);
      entered.add(node);
      const waiting = next.filter((other) => !entered.has(other));
      if (waiting.length > 0) {
        open.push(...waiting.toReversed());
      } else {
        open.pop();
        ordered.add(node);
      }
    }
  }
  return [...ordered];
}
