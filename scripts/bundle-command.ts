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

/** Modules of Node's own that take long to load and export functions only, which most commands never call. */
const calledLater = new Set(['node:child_process', 'node:fs/promises']);

/**
 * An `import` of one of Node's own modules reads all its exports, and with some of them Node loads what nobody asked for: workers, the reader of standard input.
 * The bundle asks for the module itself and reads only the names that it uses.
 */
const builtInModules: Plugin = {
  name: 'built-in-modules',
  renderChunk: (code) =>
    code.replaceAll(
      /^import (?:\* as )?(?:(\w+)(?:, )?)?(?:\{ ([^}]*) \})? from "(node:[\w/]+)";$/gm,
      (_, whole: string | undefined, names: string | undefined, module: string) => {
        const found = module === 'node:process' ? 'globalThis.process' : `globalThis.process.getBuiltinModule("${module}")`;
        const later = (name: string) => `(...given) => ${found}.${name}(...given)`;
        const pairs = (names?.split(', ') ?? []).map((name) => name.split(' as '));
        return calledLater.has(module)
          ? [
              ...(whole === undefined ? [] : [`const ${whole} = new Proxy({}, { get: (_, name) => ${found}[name] });`]),
              ...pairs.map(([name = '', own = name]) => `const ${own} = ${later(name)};`),
            ].join(' ')
          : [
              ...(whole === undefined ? [] : [`const ${whole} = ${found};`]),
              ...(pairs.length === 0 ? [] : [`const { ${pairs.map((pair) => pair.join(': ')).join(', ')} } = ${found};`]),
            ].join(' ');
      },
    ),
};

export async function bundleCommand(dist: string): Promise<void> {
  const output = join(dist, 'bundle');
  rmSync(output, { recursive: true, force: true });
  const bundle = await rolldown({
    input: { main: join(dist, 'cli/main.js') },
    platform: 'node',
    plugins: [ownPlaces(`${dist}/`), builtInModules],
    external: (id) => id !== place && !id.startsWith('.') && !id.startsWith('/') && !bundled.has(id.split('/')[0] ?? ''),
  });
  await bundle.write({ dir: output, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', minify: false });
  await bundle.close();
}
