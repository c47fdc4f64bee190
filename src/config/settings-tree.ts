import { settingFields } from './setting-fields.ts';

/** The nested form of the decided values; what is not given is left to the schema's defaults. */
export function settingsTree(decided: ReadonlyMap<string, { value: unknown }>): Record<string, unknown> {
  const tree: Record<string, unknown> = {};
  for (const { key, path } of settingFields) {
    const value = decided.get(key)?.value;
    if (value === undefined) continue;
    let group = tree;
    for (const name of path.slice(0, -1)) group = (group[name] ??= {}) as Record<string, unknown>;
    group[path.at(-1) ?? key] = value;
  }
  return tree;
}
