import { statSync } from 'node:fs';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { namedSecret } from '../project/choosing/choosing-errors.ts';
import { chooseFiles } from '../project/choosing/choose-files.ts';
import { findSecret } from '../project/choosing/find-secret.ts';
import { describeLeftOut } from '../project/choosing/left-out.ts';
import { isSecretFileName } from '../utils/credential-names.ts';
import { readTextFile } from './read-text-file.ts';
import type { RunOptions } from './run-options.ts';

export interface ProjectFileContent {
  path: string;
  content: string;
}

/**
 * The files that `--file` and `--files` name, each with its path in the project, by which the team can refer to it. Files that are named come first.
 * @param tell Receives sentences about what was left out, and about how far a long search is.
 * @param project Absolute: another folder that stands for that of the project, such as a Git worktree.
 * @throws MultiagentError
 */
export async function readProjectFiles(
  { file: given = [], files: patterns = [], workspace }: RunOptions,
  tell: (sentence: string) => void,
  project?: string,
): Promise<ProjectFileContent[]> {
  const root = project ?? resolve(workspace ?? '.');
  const standing = (path: string) => inFolder(path, { from: resolve(workspace ?? '.'), to: root });
  const file = given.map(standing);
  const files = patterns.map((glob) => (glob.startsWith('!') ? `!${standing(glob.slice(1))}` : standing(glob)));
  const [folders, single] = [file.filter(isFolder), file.filter((path) => !isFolder(path))];
  const named = await Promise.all(single.map(async (path) => ({ path: nameInProject(root, path), content: await readNamedFile(path) })));
  if (folders.length === 0 && files.length === 0) return named;

  const chosen = await chooseFiles({
    root,
    folders: folders.map((path) => pathInProject(root, path)),
    globs: files.filter((glob) => !glob.startsWith('!')).map((glob) => pathInProject(root, glob)),
    except: files.filter((glob) => glob.startsWith('!')).map((glob) => pathInProject(root, glob.slice(1))),
    environment: process.env,
    onProgress: (looked) => looked % 20_000 === 0 && tell(`${looked.toLocaleString('en')} files of the project looked at`),
  });
  const known = new Set(named.map(({ path }) => path));
  const read: ProjectFileContent[] = [];
  for (const { path } of chosen.files) {
    const content = known.has(path) ? undefined : await chosen.read(path);
    if (content !== undefined) read.push({ path, content });
  }
  for (const sentence of describeLeftOut(chosen.leftOut)) tell(sentence);
  return [...named, ...read];
}

/** The content of a project file that a person named. @throws MultiagentError if it cannot be read, or looks like a secret. */
export async function readNamedFile(path: string): Promise<string> {
  if (isSecretFileName(basename(path))) throw namedSecret(path);
  const content = await readTextFile(path, 'project file');
  const secret = findSecret(content);
  if (secret !== undefined) throw namedSecret(path, secret);
  return content;
}

/** The same path in another folder, where it is in the one; else as it is. */
function inFolder(path: string, { from, to }: { from: string; to: string }): string {
  const way = pathInProject(from, path);
  return from === to || way === '..' || way.startsWith('../') || isAbsolute(way) ? path : resolve(to, way);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Relative to the project's folder, with `/`. What lies outside begins with `..`. */
function pathInProject(root: string, path: string): string {
  return relative(root, resolve(path)).split(sep).join('/');
}

/** A file outside the project is known by its name alone. */
function nameInProject(root: string, path: string): string {
  const name = pathInProject(root, path);
  const isOutside = name.startsWith('../') || resolve(process.cwd(), name) === name;
  return isOutside ? basename(path) : name;
}
