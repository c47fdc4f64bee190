/** A lockfile that names a registry's host installs only where that host is reached: refuse it. */
import { readFileSync } from 'node:fs';

for (const name of ['package-lock.json', 'bench/peers/package-lock.json']) {
  const { packages } = JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')) as {
    packages: Record<string, { resolved?: string }>;
  };
  const named = Object.values(packages).filter(({ resolved = '' }) => URL.canParse(resolved));
  if (named.length === 0) continue;
  console.error(`${name} names ${named.length} download addresses. Run "npm install" with the repository's .npmrc and commit the result.`);
  process.exitCode = 1;
}
