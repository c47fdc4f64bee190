/** A lockfile that names a registry's host installs only where that host is reached: refuse it. */
import { readFileSync } from 'node:fs';

const lockfile = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
const resolved = lockfile.match(/"resolved": "http[^"]*"/g) ?? [];
if (resolved.length > 0) {
  console.error(
    `package-lock.json names ${resolved.length} download addresses. Run "npm install" with the repository's .npmrc and commit the result.`,
  );
  process.exit(1);
}
