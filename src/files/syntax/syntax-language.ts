/** The languages whose files are checked, all of them without template marks. */
export type SyntaxLanguage =
  | 'c#'
  | 'c++'
  | 'css'
  | 'dockerfile'
  | 'go'
  | 'html'
  | 'java'
  | 'javascript'
  | 'json'
  | 'json with comments'
  | 'php'
  | 'python'
  | 'ruby'
  | 'rust'
  | 'shell'
  | 'sql'
  | 'toml'
  | 'tsx'
  | 'typescript'
  | 'yaml';

const byExtension: Readonly<Record<string, SyntaxLanguage>> = {
  bash: 'shell',
  cjs: 'javascript',
  cpp: 'c++',
  cs: 'c#',
  css: 'css',
  cts: 'typescript',
  dockerfile: 'dockerfile',
  go: 'go',
  hpp: 'c++',
  htm: 'html',
  html: 'html',
  java: 'java',
  js: 'javascript',
  json: 'json',
  jsonc: 'json with comments',
  jsx: 'javascript',
  mjs: 'javascript',
  mts: 'typescript',
  php: 'php',
  py: 'python',
  pyi: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'shell',
  sql: 'sql',
  toml: 'toml',
  ts: 'typescript',
  tsx: 'tsx',
  webmanifest: 'json',
  yaml: 'yaml',
  yml: 'yaml',
};

/** JSON files whose readers allow comments. */
const settingsWithComments =
  /(?:^|\/)(?:(?:ts|js)config[^/]*|devcontainer|\.(?:eslintrc|swcrc|babelrc|jshintrc|oxlintrc)|language-configuration)\.json$|(?:^|\/)\.vscode\/[^/]+\.json$/;

/** The language of a file according to its path. Undefined for languages that are not checked. */
export function syntaxLanguageOf(path: string): SyntaxLanguage | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/^(?:pipfile|cargo\.lock|poetry\.lock|uv\.lock)$/.test(name)) return 'toml';
  if (settingsWithComments.test(path.toLowerCase())) return 'json with comments';
  const dot = name.lastIndexOf('.');
  const extension = dot === -1 ? '' : name.slice(dot + 1);
  return byExtension[extension] ?? (isDockerfile(name, extension) ? 'dockerfile' : undefined);
}

/** `Dockerfile` and `Dockerfile.dev`, but not files that are only about one. */
function isDockerfile(name: string, extension: string): boolean {
  return (
    /^(?:docker|container)file(?:\.[\w-]+)?$/.test(name) &&
    !/^(?:dockerignore|md|txt|vim|j2|jinja2?|tpl|tmpl|template|erb)$/.test(extension)
  );
}
