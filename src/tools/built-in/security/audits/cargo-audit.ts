import { valueAt } from '../../../../utils/parse-json.ts';
import type { DependencyAudit } from './dependency-audit.ts';
import { describeEntry } from './describe-entry.ts';
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
      findings: named.flatMap(([name, wanted]) => describeEntry(name, wanted, ['git'])),
    };
  },
};
