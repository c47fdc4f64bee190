import { nearestName } from '../utils/nearest-name.ts';

export interface GraphNode {
  id: string;
  depends_on: readonly string[];
}

/** Something wrong with a graph, and where: indexes into the nodes and into a node's `depends_on`. */
export interface GraphProblem {
  node: number;
  dependency?: number | undefined;
  message: string;
}

/** Nobody fixes more than this by reading. */
const mostNamed = 50;

/** Everything that prevents an order of the nodes: ids used twice, dependencies that do not exist, circles. Empty: the graph is sound. */
export function graphProblems(nodes: readonly GraphNode[]): GraphProblem[] {
  const problems: GraphProblem[] = [];
  const indexes = new Map<string, number>();
  for (const [index, { id }] of nodes.entries()) {
    if (indexes.has(id)) problems.push({ node: index, message: `the id ${id} is used twice` });
    else indexes.set(id, index);
  }
  /** For each node the indexes of the nodes that it waits for: only those that exist, each once. */
  const waitsFor = nodes.map((node, index) => {
    const known = new Set<number>();
    for (const [dependency, id] of node.depends_on.entries()) {
      const target = indexes.get(id);
      if (target === undefined) {
        // Each is compared with every id.
        const nearest = problems.length < mostNamed ? nearestName(id, indexes.keys()) : undefined;
        problems.push({
          node: index,
          dependency,
          message: `${node.id} depends on the unknown step ${id}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`,
        });
      } else if (known.has(target)) {
        problems.push({ node: index, dependency, message: `${node.id} names the dependency ${id} twice` });
      } else {
        known.add(target);
      }
    }
    return known;
  });
  for (const circle of circles(waitsFor)) {
    const names = circle.map((index) => nodes[index]?.id);
    const message =
      names.length === 1
        ? `${names[0]} depends on itself`
        : `the steps depend on each other in a circle: ${[...names, names[0]].join(' → ')}`;
    problems.push({ node: circle[0] ?? 0, message });
  }
  return problems;
}

/** Some of the circles, without overlap: enough to fix the graph, and few enough to read. Each begins with its first node. */
function circles(waitsFor: readonly ReadonlySet<number>[]): number[][] {
  const found: number[][] = [];
  const remaining = new Set(waitsFor.keys());
  for (;;) {
    removeFree(remaining, waitsFor);
    const start = remaining.values().next().value;
    if (start === undefined || found.length === mostNamed) return found;
    const walk = new Set<number>();
    let node = start;
    while (!walk.has(node)) {
      walk.add(node);
      // Every remaining node waits for another remaining one.
      node = waitsFor[node]?.values().find((target) => remaining.has(target)) ?? node;
    }
    const path = [...walk];
    const circle = path.slice(path.indexOf(node));
    const first = circle.indexOf(Math.min(...circle));
    found.push([...circle.slice(first), ...circle.slice(0, first)]);
    for (const index of circle) remaining.delete(index);
  }
}

/** Removes every node that waits for none of the others, until each remaining one waits for another. */
function removeFree(remaining: Set<number>, waitsFor: readonly ReadonlySet<number>[]): void {
  const waiting = new Map<number, number>();
  const waiters = new Map([...remaining].map((index): [number, number[]] => [index, []]));
  for (const index of remaining) {
    const targets = [...(waitsFor[index] ?? [])].filter((target) => remaining.has(target));
    waiting.set(index, targets.length);
    for (const target of targets) waiters.get(target)?.push(index);
  }
  const free = [...remaining].filter((index) => waiting.get(index) === 0);
  for (const index of free) {
    remaining.delete(index);
    for (const waiter of waiters.get(index) ?? []) {
      const count = (waiting.get(waiter) ?? 0) - 1;
      waiting.set(waiter, count);
      if (count === 0) free.push(waiter);
    }
  }
}
