/** Everything a task depends on, directly or not. */
export function ancestorsOf(task: string, dependenciesOf: (task: string) => string[]): Set<string> {
  const found = new Set<string>();
  const open = [...dependenciesOf(task)];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    for (const above of dependenciesOf(name)) if (!found.has(above)) open.push(above);
  }
  return found;
}

/** Everything that a task rests on: what it depends on, directly or not, with what joined the run for that. */
export function groundOf(task: string, tasks: ReadonlyMap<string, { dependencies: string[]; parent?: string | undefined }>): Set<string> {
  const inner = new Map<string, string[]>();
  for (const [name, { parent }] of tasks) {
    const known = parent === undefined ? undefined : inner.get(parent);
    if (known !== undefined) known.push(name);
    else if (parent !== undefined) inner.set(parent, [name]);
  }
  return ancestorsOf(task, (name) => [...(tasks.get(name)?.dependencies ?? []), ...(name === task ? [] : (inner.get(name) ?? []))]);
}

/** Everything that rests on one of these tasks, directly or not: what depends on it, and the task that it joined the run for. */
export function descendantsOf(
  roots: readonly string[],
  tasks: Iterable<{ task: string; dependencies: string[]; parent?: string | undefined }>,
): Set<string> {
  const dependents = new Map<string, string[]>();
  const add = (name: string, dependent: string) => {
    const known = dependents.get(name);
    if (known === undefined) dependents.set(name, [dependent]);
    else known.push(dependent);
  };
  for (const { task, dependencies, parent } of tasks) {
    for (const name of dependencies) add(name, task);
    if (parent !== undefined) add(task, parent);
  }
  const found = new Set<string>();
  const open = [...roots];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const other of dependents.get(name) ?? []) {
      if (found.has(other)) continue;
      found.add(other);
      open.push(other);
    }
  }
  return found;
}
