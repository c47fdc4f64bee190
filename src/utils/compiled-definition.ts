import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the build leaves what it has read. The sources have no such file. */
const file = join(import.meta.dirname, '..', 'definitions.json');

let compiled: Record<string, unknown> | undefined;

/**
 * A definition that ships with the program, as the build has read and checked it (`scripts/compile-definitions.ts`), so that a command needs neither YAML nor
 * schemas for it.
 * @param path From the folder of the sources, such as `workflows/templates/bug_fix.yaml`.
 * @returns undefined where nothing was built: then the caller reads the file.
 */
export function compiledDefinition(path: string): unknown {
  compiled ??= existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
  return compiled[path];
}
