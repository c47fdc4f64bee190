/** The extension of each language's files, and other words for the language after a fence, in lower case. */
const languages: Record<string, { extension: string; aliases?: string[] }> = {
  astro: { extension: 'astro' },
  bash: { extension: 'sh', aliases: ['sh', 'shell', 'zsh', 'ksh', 'shellscript'] },
  bat: { extension: 'bat', aliases: ['batch', 'cmd', 'dos'] },
  bicep: { extension: 'bicep' },
  c: { extension: 'c', aliases: ['h'] },
  clojure: { extension: 'clj', aliases: ['clj'] },
  cmake: { extension: 'cmake' },
  cpp: { extension: 'cpp', aliases: ['c++', 'cc', 'cxx', 'hpp'] },
  csharp: { extension: 'cs', aliases: ['c#', 'cs'] },
  css: { extension: 'css' },
  csv: { extension: 'csv' },
  d: { extension: 'd' },
  dart: { extension: 'dart' },
  dotenv: { extension: 'env', aliases: ['env'] },
  elixir: { extension: 'ex', aliases: ['ex', 'exs'] },
  elm: { extension: 'elm' },
  erlang: { extension: 'erl', aliases: ['erl'] },
  fish: { extension: 'fish' },
  fsharp: { extension: 'fs', aliases: ['f#', 'fs'] },
  gherkin: { extension: 'feature', aliases: ['cucumber', 'feature'] },
  glsl: { extension: 'glsl' },
  go: { extension: 'go', aliases: ['golang'] },
  gradle: { extension: 'gradle' },
  graphql: { extension: 'graphql', aliases: ['gql'] },
  groovy: { extension: 'groovy', aliases: ['jenkinsfile'] },
  haskell: { extension: 'hs', aliases: ['hs'] },
  hcl: { extension: 'tf', aliases: ['terraform', 'tf', 'tfvars'] },
  html: { extension: 'html', aliases: ['htm', 'xhtml'] },
  ini: { extension: 'ini', aliases: ['cfg', 'conf', 'systemd'] },
  java: { extension: 'java' },
  javascript: { extension: 'js', aliases: ['js', 'mjs', 'cjs', 'node', 'nodejs'] },
  jinja: { extension: 'j2', aliases: ['jinja2', 'j2'] },
  json: { extension: 'json', aliases: ['json5', 'jsonc', 'geojson'] },
  jsonl: { extension: 'jsonl', aliases: ['ndjson'] },
  jsx: { extension: 'jsx', aliases: ['react'] },
  julia: { extension: 'jl', aliases: ['jl'] },
  kotlin: { extension: 'kt', aliases: ['kt', 'kts'] },
  latex: { extension: 'tex', aliases: ['tex'] },
  less: { extension: 'less' },
  lisp: { extension: 'lisp', aliases: ['common-lisp'] },
  lua: { extension: 'lua' },
  markdown: { extension: 'md', aliases: ['md'] },
  mdx: { extension: 'mdx' },
  mermaid: { extension: 'mmd' },
  nginx: { extension: 'conf', aliases: ['nginxconf'] },
  nim: { extension: 'nim' },
  nix: { extension: 'nix' },
  'objective-c': { extension: 'm', aliases: ['objc', 'objectivec'] },
  ocaml: { extension: 'ml', aliases: ['ml'] },
  perl: { extension: 'pl', aliases: ['pl'] },
  php: { extension: 'php' },
  powershell: { extension: 'ps1', aliases: ['ps1', 'pwsh', 'ps'] },
  prisma: { extension: 'prisma' },
  properties: { extension: 'properties' },
  protobuf: { extension: 'proto', aliases: ['proto'] },
  python: { extension: 'py', aliases: ['py', 'python3', 'py3'] },
  r: { extension: 'r' },
  restructuredtext: { extension: 'rst', aliases: ['rst'] },
  ruby: { extension: 'rb', aliases: ['rb'] },
  rust: { extension: 'rs', aliases: ['rs'] },
  sass: { extension: 'sass' },
  scala: { extension: 'scala' },
  scheme: { extension: 'scm' },
  scss: { extension: 'scss' },
  solidity: { extension: 'sol', aliases: ['sol'] },
  sql: { extension: 'sql', aliases: ['mysql', 'postgresql', 'postgres', 'sqlite', 'plsql', 'tsql'] },
  svelte: { extension: 'svelte' },
  svg: { extension: 'svg' },
  swift: { extension: 'swift' },
  toml: { extension: 'toml' },
  tsx: { extension: 'tsx' },
  typescript: { extension: 'ts', aliases: ['ts', 'mts', 'cts'] },
  vbnet: { extension: 'vb', aliases: ['vb'] },
  vue: { extension: 'vue' },
  wgsl: { extension: 'wgsl' },
  xml: { extension: 'xml', aliases: ['xsd', 'xslt', 'pom'] },
  yaml: { extension: 'yaml', aliases: ['yml', 'openapi', 'swagger', 'docker-compose', 'kubernetes', 'k8s'] },
  zig: { extension: 'zig' },
};

/** Languages whose files have a name of their own. */
const namesByLanguage: Record<string, string> = {
  containerfile: 'Containerfile',
  docker: 'Dockerfile',
  dockerfile: 'Dockerfile',
  make: 'Makefile',
  makefile: 'Makefile',
};

const markdownLanguages = new Set(['md', 'markdown', 'mdx']);
const shellLanguages = new Set(words('bash sh shell zsh ksh shellscript fish bat cmd powershell ps1 pwsh'));
/** What people type, what programs print, and pictures of structures: text about files, not files. */
const talkLanguages = new Set(
  words(
    'console shell-session shellsession sh-session bash-session terminal ansi text txt plain plaintext output stdout log logs tree',
    'http diff patch udiff',
  ),
);

const extensions = new Map<string, string>(
  Object.entries(languages).flatMap(([language, { extension, aliases = [] }]) => [language, ...aliases].map((word) => [word, extension])),
);

/** The extension, without its dot, for a language's name or alias in lower case. */
export function extensionOfLanguage(language: string | undefined): string | undefined {
  return language === undefined ? undefined : extensions.get(language);
}

/** `Dockerfile` for `dockerfile`, and the few others whose files have a fixed name. */
export function fileNameOfLanguage(language: string | undefined): string | undefined {
  return language !== undefined && Object.hasOwn(namesByLanguage, language) ? namesByLanguage[language] : undefined;
}

export function isLanguage(word: string): boolean {
  const language = word.toLowerCase();
  return extensions.has(language) || talkLanguages.has(language) || Object.hasOwn(namesByLanguage, language);
}

export function isMarkdownLanguage(language: string | undefined): boolean {
  return language !== undefined && markdownLanguages.has(language);
}

export function isMarkdownPath(path: string): boolean {
  return /\.(?:md|mdx|markdown)$/i.test(path);
}

export function isShellLanguage(language: string | undefined): boolean {
  return language !== undefined && shellLanguages.has(language);
}

/** Whether a block in this language shows something instead of being a file. */
export function isTalkLanguage(language: string | undefined): boolean {
  return language !== undefined && talkLanguages.has(language);
}

/** Every extension of files in a known language, without dots. */
export const languageExtensions: ReadonlySet<string> = new Set([
  ...Object.values(languages).map(({ extension }) => extension),
  ...words('bash bat cc cfg cjs cmd cts cxx exs fish gql h hpp htm json5 jsonc kts mjs mts ndjson tfvars xsd yml zsh'),
]);

/** The language at the beginning of an info string, in lower case. Undefined if its first word is not a language, such as a path or an address. */
export function languageOfInfo(info: string): string | undefined {
  const word = /^[^\s:{,=]{1,40}/.exec(info)?.[0].toLowerCase();
  if (word === undefined) return undefined;
  if (isLanguage(word)) return word;
  const rest = info.slice(word.length);
  // An unknown language is alone or comes before attributes; `word:` and `word=` are something else.
  return /^[a-z][a-z0-9+#_-]*$/.test(word) && !/^[:=]/.test(rest) ? word : undefined;
}

/** The words of these lines, so that tables of names are readable as plain text. */
export function words(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(' '));
}
