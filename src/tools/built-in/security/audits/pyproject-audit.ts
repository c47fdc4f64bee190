import { valueAt } from '../../../../utils/parse-json.ts';
import type { DependencyAudit } from './dependency-audit.ts';
import { describeEntry } from './describe-entry.ts';
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
      findings: [
        ...named.flatMap(describePythonRequirement),
        ...poetry.flatMap(([name, wanted]) => describeEntry(name, wanted, ['git', 'url'])),
      ],
    };
  },
};

function tableOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function valuesOf(value: unknown): unknown[] {
  return Object.values(tableOf(value));
}
