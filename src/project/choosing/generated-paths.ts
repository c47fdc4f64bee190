/** Folders of what was built or fetched. What is in them is nobody's source, even where Git keeps it. */
const folders = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  'vendor',
  'third_party',
  'dist',
  'site-packages',
  '__pycache__',
  '__snapshots__',
  '.venv',
  'venv',
  '.tox',
  '.nox',
  '.eggs',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.gradle',
  '.next',
  '.nuxt',
  '.svelte-kit',
  '.turbo',
  '.parcel-cache',
  '.terraform',
  '.dart_tool',
  '.yarn',
  '.pnpm-store',
  '.nyc_output',
  'Pods',
  'DerivedData',
]);

/** Lock files and the like, which package managers write. */
const names =
  /^(?:package-lock\.json|npm-shrinkwrap\.json|packages\.lock\.json|[\w-]{1,40}\.lock|pnpm-lock\.yaml|deno\.lock|bun\.lockb|go\.sum|go\.work\.sum|gradle\.lockfile|Package\.resolved|MODULE\.bazel\.lock|conda-lock\.yml)$/;

/** Endings of files that compilers, bundlers and generators write. */
const endings =
  /\.(?:min\.(?:js|mjs|cjs|css|html)|(?:bundle|chunk)\.(?:js|mjs|css)|map|pb\.go|pb\.cc|pb\.h|g\.dart|freezed\.dart|designer\.cs|snap|tsbuildinfo|(?:generated|gen)\.[a-z]{1,6})$|_pb2(?:_grpc)?\.pyi?$/i;

/**
 * What of a path was built or fetched, by its name.
 * @returns the outermost such folder with `/` at its end, else the path itself, else undefined.
 */
export function generatedPart(path: string): string | undefined {
  const end = path.lastIndexOf('/');
  const folder = end === -1 ? undefined : generatedFolder(path.slice(0, end));
  if (folder !== undefined) return folder;
  const name = path.slice(end + 1);
  return names.test(name) || endings.test(name) ? path : undefined;
}

/** The last answer: most files are asked for after another of the same folder. */
let last: { path: string; found: string | undefined } = { path: '', found: undefined };

function generatedFolder(path: string): string | undefined {
  if (last.path === path) return last.found;
  const parts = path.split('/');
  const at = parts.findIndex((part) => folders.has(part));
  last = { path, found: at === -1 ? undefined : `${parts.slice(0, at + 1).join('/')}/` };
  return last.found;
}
