import { valueAt } from '../../../../utils/parse-json.ts';
import type { DependencyAudit } from './dependency-audit.ts';
import { describePythonRequirement } from './python-requirement.ts';
import { readTables } from './read-tables.ts';

/** `pyproject.toml`: the dependencies of the standard, of groups, and of Poetry. */
export const pyprojectAudit: DependencyAudit = {
  name: 'Python',
  isManifest: (name) => name === 'pyproject.toml',
  locks: ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml'],
  audit(manifest, lock) {
    const parsed = readTables(manifest);
    if (parsed === undefined) return undefined;
    const lists = [
      valueAt(parsed, ['project', 'dependencies']),
      ...valuesOf(valueAt(parsed, ['project', 'optional-dependencies'])),
      ...valuesOf(valueAt(parsed, ['dependency-groups'])),
    ];
    const named = lists.flatMap((list) => (Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []));
    const poetry = Object.entries(tableOf(valueAt(parsed, ['tool', 'poetry', 'dependencies']))).filter(([name]) => name !== 'python');
    const packages = lock === undefined ? undefined : valueAt(readTables(lock), ['package']);
    return {
      dependencies: named.length + poetry.length,
      ...(Array.isArray(packages) ? { locked: packages.length } : {}),
      findings: [...named.flatMap(describePythonRequirement), ...poetry.flatMap(describePoetry)],
    };
  },
};

function describePoetry([name, wanted]: [string, unknown]): string[] {
  const source = valueAt(wanted, ['git']) ?? valueAt(wanted, ['url']);
  if (typeof source === 'string') return [`${name} comes from ${source}, not from a registry`];
  const range = typeof wanted === 'string' ? wanted : valueAt(wanted, ['version']);
  if (typeof range !== 'string') return [];
  if (range.trim() === '*') return [`${name}: any version may come (*)`];
  return /^>=?[^<]*$/.test(range.trim()) ? [`${name}: any later version may come (${range})`] : [];
}

function tableOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function valuesOf(value: unknown): unknown[] {
  return Object.values(tableOf(value));
}
