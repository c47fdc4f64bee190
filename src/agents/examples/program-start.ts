import { fileKindOf } from '../demands/file-kind.ts';

/** How to start a program that a requirement asks for. */
export interface ProgramStart {
  path: string;
  /** The shell command without the program's arguments. */
  start: string;
}

const starts: readonly (readonly [RegExp, (path: string) => string])[] = [
  [/\.pyw?$/, (path) => `python3 ${path}`],
  [/\.[cm]?[jt]s$/, (path) => `node ${path}`],
  [/\.go$/, (path) => `go run ${path}`],
  [/\.rs$/, (path) => `rustc --edition 2021 -o ./.multiagent-program ${path} && ./.multiagent-program`],
  [/\.java$/, (path) => `javac -d .multiagent-classes ${path} && java -cp .multiagent-classes ${nameOf(path)}`],
  [/\.(?:sh|bash)$/, (path) => `bash ${path}`],
  [/\.rb$/, (path) => `ruby ${path}`],
  [/\.php$/, (path) => `php ${path}`],
];

/** A program whose name is special to a shell is not tried. */
const plainPath = /^[\w@.+/-]+$/;

/** Undefined for a file that cannot be started. */
export function programStart(path: string): ProgramStart | undefined {
  if (fileKindOf(path) !== 'program' || !plainPath.test(path)) return undefined;
  const start = starts.find(([ending]) => ending.test(path))?.[1];
  return start && { path, start: start(path) };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
}

const runner = /^(?:\$ )?(?:python3?|node|go run|bash|sh|ruby|php|java) {1,4}/;
const optional = / \[[^\][]{0,100}\]/g;

/**
 * The shell command for a text that starts one of the programs: by its language's tool, by its name (`tally.py 7`), or as what is built from the only one
 * (`./beads red`). Optional arguments are left out. Undefined for any other text, and for one with something to fill in.
 */
export function readCommand(text: string, programs: readonly ProgramStart[]): string | undefined {
  const line = text.trim().replace(/^\$ /, '').replace(optional, '');
  const plain = line.replace(runner, '').replace(/^\.\//, '');
  const word = /^\S+/.exec(plain)?.[0] ?? '';
  const rest = plain.slice(word.length);
  if (hasBlanks(rest)) return undefined;
  const named = programs.find(({ path }) => path === word || path.endsWith(`/${word}`));
  if (named !== undefined) return `${named.start}${rest}`;
  const [only, ...others] = programs;
  if (only === undefined || others.length > 0) return undefined;
  const isBuilt =
    /^(?:\$ )?\.\/[\w-]+(?: |$)/.test(text.trim()) || (word === '.' && line.startsWith('go run')) || /^(?:\$ )?java /.test(text.trim());
  return isBuilt && /\.(?:go|rs|java)$/.test(only.path) ? `${only.start}${rest}` : undefined;
}

/** Words in capitals, brackets and dots are for a person to fill in. A text of more than one simple command is not tried. */
function hasBlanks(rest: string): boolean {
  return /[<>|{}[\]&;`$\\]|\.\.\.|…|(?:^|\s)[A-Z][A-Z_:]+(?:\s|$)/.test(rest);
}
