import { readFileSync } from 'node:fs';

let version: string | undefined;

/** As package.json says; the compiled program lies as deep in its package as the source does in the repository. */
export function productVersion(): string {
  version ??= (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;
  return version;
}
