/** The languages whose files are checked. `yaml` is YAML without anything of a template in it, as are all the others. */
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

/** Files whose readers allow comments although the name says JSON. */
const settingsWithComments =
  /(?:^|\/)(?:(?:ts|js)config[^/]*|devcontainer|\.(?:eslintrc|swcrc|babelrc|jshintrc|oxlintrc)|language-configuration)\.json$|(?:^|\/)\.vscode\/[^/]+\.json$/;

/** Which language a file's path says it holds; undefined for those that nobody checks here. */
export function syntaxLanguageOf(path: string): SyntaxLanguage | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/^(?:pipfile|cargo\.lock|poetry\.lock|uv\.lock)$/.test(name)) return 'toml';
  if (settingsWithComments.test(path.toLowerCase())) return 'json with comments';
  const dot = name.lastIndexOf('.');
  const extension = dot === -1 ? '' : name.slice(dot + 1);
  return byExtension[extension] ?? (isDockerfile(name, extension) ? 'dockerfile' : undefined);
}

/** `Dockerfile` and `Dockerfile.dev`, but not what only speaks of one. */
function isDockerfile(name: string, extension: string): boolean {
  return (
    /^(?:docker|container)file(?:\.[\w-]+)?$/.test(name) &&
    !/^(?:dockerignore|md|txt|vim|j2|jinja2?|tpl|tmpl|template|erb)$/.test(extension)
  );
}
