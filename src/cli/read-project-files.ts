import { existsSync, statSync } from 'node:fs';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { namedSecret } from '../project/choosing/choosing-errors.ts';
import { findSecret } from '../project/choosing/find-secret.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { isSecretFileName } from '../utils/credential-names.ts';
import type { Workflow } from '../orchestrator/workflow.ts';
import { readTextFile } from './read-text-file.ts';
import type { RunOptions } from './run-options.ts';

/**
 * What the team is told of the project: the files that `--file` names, each with its path in the project, by which the team can refer to it; and what is chosen
 * from, which is what `--file` says in folders and `--files` in patterns, else what the setting says.
 * @param place Absolute: another folder that stands for that of the project, such as a Git worktree.
 * @throws MultiagentError for a file that cannot be read, or looks like a secret.
 */
export async function readProjectFiles(
  { file: given = [], files: patterns = [], workspace }: RunOptions,
  place?: string,
): Promise<Pick<Workflow, 'files' | 'project'>> {
  const root = place ?? resolve(workspace ?? '.');
  const standing = (path: string) => inFolder(path, { from: resolve(workspace ?? '.'), to: root });
  for (const path of given) if (existsSync(path) && !existsSync(standing(path))) throw notCommitted(path);
  const file = given.map(standing);
  const files = patterns.map((glob) => (glob.startsWith('!') ? `!${standing(glob.slice(1))}` : standing(glob)));
  const [folders, single] = [file.filter(isFolder), file.filter((path) => !isFolder(path))];
  const named = await Promise.all(single.map(async (path) => ({ path: nameInProject(root, path), content: await readNamedFile(path) })));
  if (folders.length === 0 && files.length === 0) return { files: named, project: 'auto' };
  const project = {
    folders: folders.map((path) => pathInProject(root, path)),
    globs: files.filter((glob) => !glob.startsWith('!')).map((glob) => pathInProject(root, glob)),
    except: files.filter((glob) => glob.startsWith('!')).map((glob) => pathInProject(root, glob.slice(1))),
  };
  return { files: named, project };
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

function notCommitted(path: string): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'worktree.not_committed',
    message: `${path} is not committed, and the worktree of the run holds only what is.`,
    hint: 'Commit it, or leave out --worktree.',
  });
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
