import type { Usage } from './chat-model.ts';

/** Adds counts of two calls. A count that neither knows stays unknown; one that only one of them knows counts as far as it is known. */
export function sumUsage(a: Usage, b: Usage): Usage {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)] as (keyof Usage)[]);
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const values = [a[key], b[key]].filter((value) => value !== undefined);
      return values.length === 0 ? [] : [[key, values.reduce((sum, value) => sum + value, 0)]];
    }),
  );
}
