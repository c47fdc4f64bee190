/**
 * Puts the compiled command into few files, `dist/bundle`, with the libraries that nearly every command loads: reading hundreds of small files took longer than
 * most commands do. What is loaded only when it is needed stays so. Modules find their files where they would lie without this.
 */
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';

/** Without these no command starts, or hardly any. They stay dependencies, with their licences beside them. */
const bundled = new Set(['commander', 'dotenv', 'fastest-levenshtein', 'yaml', 'zod']);

/** Where a bundled module would lie. */
const place = '\0place';
const placeModule = `
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
const root = join(import.meta.dirname, '..');
export const fileOf = (path) => join(root, path);
export const folderOf = (path) => join(root, path, '..');
export const addressOf = (path) => pathToFileURL(join(root, path)).href;
`;

function ownPlaces(dist: string): Plugin {
  return {
    name: 'own-places',
    resolveId: (id) => (id === place ? id : null),
    load: (id) => (id === place ? placeModule : null),
    transform(code, id) {
      if (!id.startsWith(dist) || !code.includes('import.meta.')) return null;
      const path = JSON.stringify(relative(dist, id));
      const moved = code
        .replaceAll('import.meta.dirname', `__folderOf(${path})`)
        .replaceAll('import.meta.filename', `__fileOf(${path})`)
        .replaceAll('import.meta.url', `__addressOf(${path})`);
      return `import { addressOf as __addressOf, fileOf as __fileOf, folderOf as __folderOf } from ${JSON.stringify(place)};\n${moved}`;
    },
  };
}

export async function bundleCommand(dist: string): Promise<void> {
  const output = join(dist, 'bundle');
  rmSync(output, { recursive: true, force: true });
  const bundle = await rolldown({
    input: { main: join(dist, 'cli/main.js') },
    platform: 'node',
    plugins: [ownPlaces(`${dist}/`)],
    external: (id) => id !== place && !id.startsWith('.') && !id.startsWith('/') && !bundled.has(id.split('/')[0] ?? ''),
  });
  await bundle.write({ dir: output, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', minify: false });
  await bundle.close();
}
