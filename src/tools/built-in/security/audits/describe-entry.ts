import { valueAt } from '../../../../utils/parse-json.ts';

/**
 * What there is to say about an entry of a table of dependencies, as Cargo and Poetry have them: a version, or a table with one.
 * @param sources The keys that name a place which is no registry.
 */
export function describeEntry(name: string, wanted: unknown, sources: readonly string[]): string[] {
  const source = sources.map((key) => valueAt(wanted, [key])).find((value) => typeof value === 'string');
  if (source !== undefined) return [`${name} comes from ${source}, not from a registry`];
  const given = typeof wanted === 'string' ? wanted : valueAt(wanted, ['version']);
  if (typeof given !== 'string') return [];
  const range = given.trim();
  if (range === '*') return [`${name}: any version may come (*)`];
  return /^>=?[^<]*$/.test(range) ? [`${name}: any later version may come (${given})`] : [];
}
