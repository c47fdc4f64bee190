import { parse } from 'smol-toml';
import { folderOf, joinPath } from '../../files/names/path-parts.ts';
import { valueAt } from '../../utils/parse-json.ts';
import { type CheckedProject, type FileText, isWhole, pathIn } from '../checked-project.ts';
import type { PackageManager } from '../package-manager.ts';
import { inFolder } from '../shell-word.ts';

/** The crates that each `Cargo.toml` names. Fetching runs none of their build scripts. */
export const cargoPackages: PackageManager = {
  name: 'cargo',
  async plan(project) {
    const files = (await project.texts(/(?:^|\/)Cargo\.(?:toml|lock)$/)).filter(isWhole);
    const read = files.map((file) => ({ ...file, content: contentOf(file) }));
    const naming = read.filter(
      ({ path, content }) => path.endsWith('.toml') && (content === undefined || dependenciesIn(content).length > 0),
    );
    if (naming.length === 0) return undefined;
    const namedIn = naming.map(({ path }) => path);
    const unread = read.find(({ content }) => content === undefined);
    if (unread !== undefined) return { namedIn, refused: `${unread.path} is no TOML` };
    if (read.some(({ path, content }) => leadsElsewhere(project, path, content)))
      return { namedIn, refused: 'it names crates that do not come from crates.io' };
    const each = (command: string) =>
      project
        .foldersWith('Cargo.toml')
        .map((folder) => `(${inFolder(folder, command)})`)
        .join(' && ');
    return {
      namedIn,
      // Cargo requires the files that it would compile to exist, but does not read them.
      files: [...files, ...project.find(/\.rs$/).map((path) => ({ path, text: '' }))],
      covers: () => true,
      tools: ['cargo'],
      present: each('cargo fetch --offline --quiet'),
      fetch: `export CARGO_HOME="$PWD/cargo"; ${each('cargo fetch --quiet')}`,
      variables: (folder) => ({ CARGO_HOME: `${folder}/cargo` }),
    };
  },
};

/** Undefined if it is not TOML. TOML has many spellings for one key, so that only what it says counts. */
function contentOf({ text }: FileText): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

const lists = /^(?:(?:dev|build)[-_])?dependencies$/;

/** What a `Cargo.toml` says of each crate that it needs. */
function dependenciesIn(manifest: unknown): unknown[] {
  const tables = [manifest, valueAt(manifest, ['workspace']), ...valuesOf(valueAt(manifest, ['target']))];
  return tables
    .flatMap((table) => Object.entries(Object(table ?? {}) as object))
    .flatMap(([name, list]) => (lists.test(name) ? valuesOf(list) : []));
}

function valuesOf(table: unknown): unknown[] {
  return Object.values(Object(table ?? {}) as Record<string, unknown>);
}

/** Anything but the public registry, by the names that lock files have for it. */
const ofRegistry: ReadonlySet<unknown> = new Set([
  undefined,
  'registry+https://github.com/rust-lang/crates.io-index',
  'sparse+https://index.crates.io/',
]);

function leadsElsewhere(project: CheckedProject, path: string, file: unknown): boolean {
  if (['patch', 'replace', 'source', 'registries'].some((key) => valueAt(file, [key]) !== undefined)) return true;
  if (path.endsWith('.lock')) return valuesOf(valueAt(file, ['package'])).some((crate) => !ofRegistry.has(valueAt(crate, ['source'])));
  return dependenciesIn(file).some((crate) => {
    if (['git', 'registry', 'registry-index'].some((key) => valueAt(crate, [key]) !== undefined)) return true;
    const place = valueAt(crate, ['path']);
    return place !== undefined && !isOfProject(project, folderOf(path), place);
  });
}

/** Whether a path leads to another crate among the files. */
function isOfProject(project: CheckedProject, folder: string, place: unknown): boolean {
  const found = typeof place === 'string' && !place.startsWith('/') ? joinPath(folder, place) : undefined;
  return found !== undefined && project.paths.includes(pathIn(found, 'Cargo.toml'));
}
