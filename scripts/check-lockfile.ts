/** A lockfile that names a registry's host installs only where that host is reached: refuse it. */
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Record<string, { resolved?: string }>;
};
const named = Object.values(packages).filter(({ resolved = '' }) => URL.canParse(resolved));
if (named.length > 0) {
  console.error(
    `package-lock.json names ${named.length} download addresses. Run "npm install" with the repository's .npmrc and commit the result.`,
  );
  process.exit(1);
}
