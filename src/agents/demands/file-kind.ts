/** What a file is for, judged by its name. `program`: a computer runs or shows it. `build`: it says how programs are built, shipped or run. */
export type FileKind = 'program' | 'build' | 'document' | 'data';

const programs = new Set(
  'py pyw js mjs cjs jsx ts mts cts tsx vue svelte go rs java kt kts scala rb php c h cc cpp cxx hpp cs fs swift m lua pl pm r jl dart ex exs erl hs ml clj sh bash zsh fish ps1 bat sql html htm css scss sass less'.split(
    ' ',
  ),
);
const documents = new Set(['md', 'markdown', 'rst', 'adoc', 'tex']);
const data = new Set(
  'json jsonl ndjson csv tsv txt log ini cfg conf toml yaml yml xml env db sqlite sqlite3 png jpg jpeg gif svg pdf dat bin'.split(' '),
);
const buildFiles =
  /^(?:Dockerfile|Containerfile|Makefile|Jenkinsfile|Procfile|Vagrantfile|docker-compose\.ya?ml|compose\.ya?ml|package\.json|tsconfig\.json|pyproject\.toml|requirements\.txt|setup\.cfg|Cargo\.toml|go\.mod|pom\.xml|build\.gradle)$/;
const buildEndings = new Set(['tf', 'tfvars', 'hcl', 'bicep', 'nix']);

/** Undefined for a word that is not a file name. */
export function fileKindOf(path: string): FileKind | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (buildFiles.test(name)) return 'build';
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
  if (programs.has(ending)) return 'program';
  if (buildEndings.has(ending)) return 'build';
  if (documents.has(ending)) return 'document';
  return data.has(ending) ? 'data' : undefined;
}
