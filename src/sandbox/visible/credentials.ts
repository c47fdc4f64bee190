import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isCredentialName } from '../../utils/credential-names.ts';

/** What holds keys at the top of a toolchain's folder and in its `etc`, where programs look for settings. Paths are absolute. */
export function credentialsIn(folder: string): { path: string; isFolder: boolean }[] {
  return [folder, join(folder, 'etc')].flatMap((place) => {
    try {
      return (
        readdirSync(place, { withFileTypes: true })
          // The target of a link is judged on its own.
          .filter((entry) => (entry.isFile() || entry.isDirectory()) && isCredentialName(entry.name))
          .map((entry) => ({ path: join(place, entry.name), isFolder: entry.isDirectory() }))
      );
    } catch {
      return [];
    }
  });
}
