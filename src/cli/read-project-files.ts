import { relative, resolve } from 'node:path';
import process from 'node:process';
import { readTextFile } from './read-text-file.ts';
import type { RunOptions } from './run-options.ts';

/** The files that `--file` names, each with its path in the project, by which the team can refer to it. */
export function readProjectFiles({ file = [], workspace }: RunOptions): Promise<{ path: string; content: string }[]> {
  return Promise.all(file.map((path) => readProjectFile(path, workspace)));
}

async function readProjectFile(path: string, workspace: string | undefined): Promise<{ path: string; content: string }> {
  const name = relative(resolve(workspace ?? '.'), resolve(path)).replaceAll('\\', '/');
  const outside = name.startsWith('../') || resolve(process.cwd(), name) === name;
  return {
    path: outside ? path.replaceAll('\\', '/').split('/').slice(-1).join('/') : name,
    content: await readTextFile(path, 'project file'),
  };
}
