import { parseJson, valueAt } from '../../utils/parse-json.ts';
import { type CheckedProject, type FileText, pathIn } from '../checked-project.ts';
import type { PackageManager } from '../package-manager.ts';
import { folderOf } from '../../files/names/path-parts.ts';
import { javascriptTests, packageFolders } from '../recipes/javascript-tests.ts';
import { inFolder, shellWord } from '../shell-word.ts';

/** Git is not a registry: no program of that name can be started. */
const install =
  'npm install --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error --fetch-retries=1 --git=no-git --cache "$packages"/.npm-cache';

/** The packages of each `package.json`, and the runner that tests need where it does not name one. */
export const npmPackages: PackageManager = {
  name: 'npm',
  async plan(project) {
    const manifests = await manifestsOf(project);
    if (manifests.length === 0) return undefined;
    const namedIn = manifests.map(({ namedIn: path }) => path);
    const foreign = manifests.flatMap(({ packages }) => Object.entries(packages)).find(([name, range]) => !isOfRegistry(name, range));
    if (foreign !== undefined) return { namedIn, refused: `'${foreign[0]}: ${foreign[1].slice(0, 100)}' is no package of a registry` };
    const names = manifests.flatMap(({ folder, packages }) => Object.keys(packages).map((name) => [folder, name]));
    const commands = manifests.map(({ folder }) => `(${inFolder(folder, install)})`);
    return {
      namedIn,
      files: manifests.flatMap(({ files }) => files),
      covers: (name) => manifests.some(({ packages }) => Object.hasOwn(packages, name)),
      tools: ['npm'],
      present: `node -e ${shellWord(findsAll)} ${shellWord(JSON.stringify(names))}`,
      fetch: `packages="$PWD"; ${commands.join(' && ')}`,
      leftovers: ['.npm-cache'],
      linked: manifests.map(({ folder }) => pathIn(folder, 'node_modules')),
    };
  },
};

/** Whether each package is in a folder above the file that needs it, where Node looks. */
const findsAll = `
const { existsSync } = require("fs");
const { dirname, join, resolve } = require("path");
const isThere = (at, name) => existsSync(join(at, "node_modules", name, "package.json")) || (dirname(at) !== at && isThere(dirname(at), name));
process.exit(JSON.parse(process.argv[1]).every(([folder, name]) => isThere(resolve(folder), name)) ? 0 : 1);
`;

interface Manifest {
  folder: string;
  namedIn: string;
  /** Version ranges by name. */
  packages: Record<string, string>;
  files: FileText[];
}

const mostFolders = 10;

async function manifestsOf(project: CheckedProject): Promise<Manifest[]> {
  const read = new Map<string, unknown>();
  for (const path of project.find(/(?:^|\/)package\.json$/).slice(0, mostFolders))
    read.set(folderOf(path), parseJson(await project.text(path)));
  // Another part of the same project is not a package of the registry, even if one has its name.
  const own = new Set([...read.values()].map((file) => valueAt(file, ['name'])));
  const runners = await runnersOf(project);
  const manifests: Manifest[] = [];
  for (const folder of new Set([...read.keys(), ...runners.keys()])) {
    const named = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((key) =>
      Object.entries(Object(valueAt(read.get(folder), [key]) ?? {}) as Record<string, unknown>),
    );
    const wanted = new Map([
      ...(runners.get(folder) ?? []).map(([name]) => [name, '*'] as const),
      ...named.filter(([name]) => !own.has(name)).map(([name, range]) => [name, String(range)] as const),
    ]);
    // Sorted, so that a test that needs an already named package changes nothing.
    const packages = Object.fromEntries([...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    if (Object.keys(packages).length === 0) continue;
    const overrides = overridesIn(read.get(folder));
    const content = `${JSON.stringify({ private: true, dependencies: packages, ...overrides }, null, 2)}\n`;
    const lock = await lockIn(project, folder);
    const namedIn = read.has(folder) ? pathIn(folder, 'package.json') : (runners.get(folder)?.[0]?.[1] ?? '');
    manifests.push({ folder, namedIn, packages, files: [{ path: pathIn(folder, 'package.json'), text: content }, ...lock] });
  }
  return manifests;
}

/** The runners of the tests in each folder, each with a file that needs it. */
async function runnersOf(project: CheckedProject): Promise<Map<string, [name: string, path: string][]>> {
  const tests = await javascriptTests(project);
  const runners = new Map<string, [string, string][]>();
  for (const name of ['vitest', 'jest'] as const)
    for (const folder of packageFolders(project, tests[name]))
      runners.set(folder, [...(runners.get(folder) ?? []), [name, tests[name][0] ?? '']]);
  for (const folder of project.foldersWith('tsconfig.json'))
    runners.set(folder, [...(runners.get(folder) ?? []), ['typescript', pathIn(folder, 'tsconfig.json')]]);
  return runners;
}

/** Ranges, tags, and packages under another name: nothing that names a place. */
const rangePattern = /^(?:npm:(?:@[\w.-]{1,100}\/)?[\w.-]{1,200}@)?(?!\.)[\w.*^~<>=|+ -]{0,200}$/;
/** npm takes these for files. */
const archive = /\.(?:tgz|tar\.gz|tar)$/i;
const namePattern = /^(?:@[\w-][\w.-]{0,100}\/)?[\w-][\w.-]{0,200}$/;

function isOfRegistry(name: string, range: string): boolean {
  return namePattern.test(name) && rangePattern.test(range) && !archive.test(range);
}

/** Versions that are to be taken deeper down; those that name anything else are left out. */
function overridesIn(file: unknown): { overrides?: Record<string, string> } {
  const given = Object.entries(Object(valueAt(file, ['overrides']) ?? {}) as Record<string, unknown>);
  const plain = given.filter((entry): entry is [string, string] => typeof entry[1] === 'string' && isOfRegistry(entry[0], entry[1]));
  return plain.length === 0 ? {} : { overrides: Object.fromEntries(plain) };
}

const registry = 'https://registry.npmjs.org/';

/**
 * The locked versions of the project, if all come from the registry, with all that they need themselves: npm would follow any other address in the lock file.
 */
async function lockIn(project: CheckedProject, folder: string): Promise<FileText[]> {
  const path = pathIn(folder, 'package-lock.json');
  if (!project.paths.includes(path)) return [];
  const packages = Object(valueAt(parseJson(await project.text(path)), ['packages']) ?? {}) as Record<string, unknown>;
  const versions = Object.entries(packages).filter(([place]) => place !== '');
  const isPlain = versions.every(([place, entry]) => {
    const resolved = valueAt(entry, ['resolved']);
    return (
      isPlaceOfPackages(place) &&
      typeof resolved === 'string' &&
      resolved.startsWith(registry) &&
      needsOf(entry).every(([name, range]) => isOfRegistry(name, range))
    );
  });
  if (!isPlain || versions.length === 0) return [];
  const kept = versions.map(([place, entry]) => {
    const { version, resolved, integrity, dependencies, optionalDependencies, peerDependencies, os, cpu, optional, bin } = entry as Record<
      string,
      unknown
    >;
    return [place, { version, resolved, integrity, dependencies, optionalDependencies, peerDependencies, os, cpu, optional, bin }] as const;
  });
  return [{ path, text: JSON.stringify({ lockfileVersion: 3, requires: true, packages: { '': {}, ...Object.fromEntries(kept) } }) }];
}

/** As in `node_modules/greet/node_modules/@scope/shop`. */
function isPlaceOfPackages(place: string): boolean {
  return `/${place}`.split('/node_modules/').every((name, position) => (position === 0 ? name === '' : namePattern.test(name)));
}

/** What a locked package needs itself, each with its versions. */
function needsOf(entry: unknown): [name: string, range: string][] {
  return ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((list) =>
    Object.entries(Object(valueAt(entry, [list]) ?? {}) as Record<string, unknown>).map(([name, range]): [string, string] => [
      name,
      String(range),
    ]),
  );
}
