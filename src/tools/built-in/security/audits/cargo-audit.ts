import { valueAt } from '../../../../utils/parse-json.ts';
import type { DependencyAudit } from './dependency-audit.ts';
import { readTables } from './read-tables.ts';

const groups = [['dependencies'], ['dev-dependencies'], ['build-dependencies'], ['workspace', 'dependencies']];

/** `Cargo.toml`, with what `Cargo.lock` fixes. */
export const cargoAudit: DependencyAudit = {
  name: 'Cargo',
  isManifest: (name) => name === 'Cargo.toml',
  locks: ['Cargo.lock'],
  audit(manifest, lock) {
    const parsed = readTables(manifest);
    if (parsed === undefined) return undefined;
    const named = groups.flatMap((group) => {
      const table = valueAt(parsed, group);
      return typeof table === 'object' && table !== null ? Object.entries(table) : [];
    });
    const packages = lock === undefined ? undefined : valueAt(readTables(lock), ['package']);
    return {
      dependencies: named.length,
      ...(Array.isArray(packages) ? { locked: packages.length } : {}),
      findings: named.flatMap(([name, wanted]) => describeCrate(name, wanted)),
    };
  },
};

function describeCrate(name: string, wanted: unknown): string[] {
  const source = valueAt(wanted, ['git']);
  if (typeof source === 'string') return [`${name} comes from ${source}, not from a registry`];
  const range = typeof wanted === 'string' ? wanted : valueAt(wanted, ['version']);
  if (typeof range !== 'string') return [];
  if (range.trim() === '*') return [`${name}: any version may come (*)`];
  return /^>=?[^<]*$/.test(range.trim()) ? [`${name}: any later version may come (${range})`] : [];
}
