import { readFileSync } from 'node:fs';

let version: string | undefined;

/** The version in package.json. The compiled program is as deep in its package as the source is in the repository. */
export function productVersion(): string {
  version ??= (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;
  return version;
}
