/** The nested form of the decided values, by their dotted keys; what is not given is left to the schema's defaults. */
export function settingsTree(decided: ReadonlyMap<string, { value: unknown }>): Record<string, unknown> {
  const tree: Record<string, unknown> = {};
  for (const [key, { value }] of decided) {
    if (value === undefined) continue;
    const path = key.split('.');
    let group = tree;
    for (const name of path.slice(0, -1)) group = (group[name] ??= {}) as Record<string, unknown>;
    group[path.at(-1) ?? key] = value;
  }
  return tree;
}
