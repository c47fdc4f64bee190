import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { readRegularFile } from '../utils/read-regular-file.ts';
import { quotedForShell } from '../utils/quoted-for-shell.ts';

export interface OwnCommandOptions {
  /** Where the command is to be typed. */
  folder: string;
  /** The folder of this program's package, without links. */
  root: string;
  /** The script that is started, and the Node that starts it. */
  script: string;
  node: string;
  environment: Readonly<Record<string, string | undefined>>;
}

/** The name of the package's command. On the registry, somebody else's package has this name. */
const name = 'multiagent';

/**
 * What a person types to start this program from a folder. `npx multiagent` is suggested only if npm finds this program there: otherwise npm would download
 * a stranger's package of that name from its registry.
 */
export function findOwnCommand(options: OwnCommandOptions): string {
  const { folder, script, node } = options;
  if (isOurs(onPath(name, options), options)) return name;
  if (npxFindsUs(options)) return `npx ${name}`;
  const near = relative(folder, script);
  const isUsual = realPath(onPath('node', options)) === realPath(node);
  return `${isUsual ? 'node' : shellWord(node)} ${shellWord(near.startsWith('..') || isAbsolute(near) ? script : near)}`;
}

const known = new Map<string, string>();

/** The same for this process; looked up once for each folder. */
export function ownCommand(folder = process.cwd()): string {
  const found = known.get(folder) ?? findOwnCommand({ folder, ...thisProgram() });
  known.set(folder, found);
  return found;
}

function thisProgram(): Omit<OwnCommandOptions, 'folder'> {
  return {
    root: realpathSync(join(import.meta.dirname, '..', '..')),
    script: join(import.meta.dirname, `multiagent${extname(import.meta.filename)}`),
    node: process.execPath,
    environment: process.env,
  };
}

/** The program that a shell starts for this word. */
function onPath(word: string, { folder, environment }: OwnCommandOptions): string | undefined {
  // npm puts its own folders first for the programs that it starts; the person's shell does not have them.
  const isFromNpm = startedByNpm(environment);
  return (environment['PATH'] ?? '')
    .split(delimiter)
    .filter((entry) => entry !== '' && !(isFromNpm && /[/\\](node_modules[/\\]\.bin|node-gyp-bin)[/\\]?$/.test(entry)))
    .map((entry) => resolve(folder, entry, word))
    .find(isExecutable);
}

/** Looks as npm does: for a command of the package that contains the folder, else for one that is installed there or above. */
function npxFindsUs(options: OwnCommandOptions): boolean {
  const above = foldersUpTo(options.folder);
  const project = above.find((folder) => ['package.json', 'node_modules'].some((entry) => existsSync(join(folder, entry))));
  if (project === undefined) return false;
  const own = binOf(project);
  if (own !== undefined) return realPath(project) === options.root && isFile(join(project, own));
  const found = foldersUpTo(project)
    .map((folder) => join(folder, 'node_modules', '.bin', name))
    .find(isFile);
  return isOurs(found, options);
}

function foldersUpTo(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersUpTo(above)];
}

/** No `package.json` is larger, in bytes. */
const mostOfManifest = 1024 * 1024;

/** The file that a package gives this command. */
function binOf(folder: string): string | undefined {
  try {
    const { bin } = JSON.parse(readRegularFile(join(folder, 'package.json'), mostOfManifest).toString()) as {
      bin?: Record<string, unknown>;
    };
    const file = bin?.[name];
    return typeof file === 'string' ? file : undefined;
  } catch {
    return undefined;
  }
}

function isOurs(program: string | undefined, { root }: OwnCommandOptions): boolean {
  return realPath(program)?.startsWith(root + sep) === true;
}

function realPath(path: string | undefined): string | undefined {
  try {
    return path === undefined ? undefined : realpathSync(path);
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return isFile(path);
  } catch {
    return false;
  }
}

/** Quotes a text for a POSIX shell. Control codes for terminals must be removed before. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/u.test(text) ? text : quotedForShell(text);
}

/** Whether npm started this process: npx, or a script of a package. It then adds to the path and to the variables of its children. */
export function startedByNpm(environment: Readonly<Record<string, string | undefined>>): boolean {
  return environment['npm_execpath'] !== undefined || environment['npm_lifecycle_event'] !== undefined;
}
