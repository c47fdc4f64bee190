import { parse } from 'smol-toml';
import { valueAt } from '../../utils/parse-json.ts';

/** Usual names for groups of packages that only tests need. */
const forTests = /^(?:tests?|testing|dev|development)$/i;

/** The packages that a `pyproject.toml` says its project needs, and those that its tests need; empty if it cannot be read. */
export function projectRequirements(text: string): string[] {
  let file: unknown;
  try {
    file = parse(text);
  } catch {
    return [];
  }
  const groups = [['project', 'optional-dependencies'], ['dependency-groups']].flatMap((path) =>
    Object.entries(Object(valueAt(file, path) ?? {}) as Record<string, unknown>),
  );
  const lists = [valueAt(file, ['project', 'dependencies']), ...groups.flatMap(([name, list]) => (forTests.test(name) ? [list] : []))];
  return lists
    .flatMap((list): unknown[] => (Array.isArray(list) ? list : []))
    .flatMap((requirement) => (typeof requirement === 'string' ? [requirement.trim()] : []));
}
