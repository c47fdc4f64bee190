interface Node {
  id: string;
  depends_on: readonly string[];
}

/**
 * How many steps can be under way together at most, as far as that can be told in time in proportion to the workflow: the steps are gone through by their
 * depth, and each counts as under way until one that needs it begins. What is under way then never needs each other. Which set is largest of all would take
 * far longer to find, and a few more at once than slots make no difference.
 */
export function widestFront(steps: readonly Node[]): number {
  let widest = 0;
  const front = new Set<string>();
  const dependenciesOf = new Map(steps.map(({ id, depends_on }) => [id, depends_on]));
  for (const level of levelsOf(steps)) {
    for (const id of level) for (const name of dependenciesOf.get(id) ?? []) front.delete(name);
    for (const id of level) front.add(id);
    widest = Math.max(widest, front.size);
  }
  return Math.max(1, widest);
}

/** Steps by the length of the longest path to them from a step without dependencies. */
function levelsOf(steps: readonly Node[]): string[][] {
  const dependents = new Map<string, string[]>(steps.map(({ id }) => [id, []]));
  const open = new Map<string, number>();
  for (const { id, depends_on } of steps) {
    const known = depends_on.filter((name) => dependents.has(name));
    open.set(id, known.length);
    for (const name of known) dependents.get(name)?.push(id);
  }
  const levels: string[][] = [];
  let level = steps.filter(({ id }) => open.get(id) === 0).map(({ id }) => id);
  while (level.length > 0) {
    levels.push(level);
    const next: string[] = [];
    for (const id of level)
      for (const dependent of dependents.get(id) ?? []) {
        const left = (open.get(dependent) ?? 0) - 1;
        open.set(dependent, left);
        if (left === 0) next.push(dependent);
      }
    level = next;
  }
  return levels;
}
