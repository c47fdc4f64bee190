import process from 'node:process';
import { relative, resolve } from 'node:path';
import { executeWorkflow } from '../execute-workflow.ts';
import type { ExitCode } from '../exit-code.ts';
import { readRequirement } from '../read-requirement.ts';
import { readTextFile } from '../read-text-file.ts';
import type { RunOptions } from '../run-options.ts';

/** `multiagent run <workflow>` */
export async function run(workflow: string, options: RunOptions): Promise<ExitCode> {
  return executeWorkflow({
    workflow,
    options,
    requirement: () => readRequirement(options),
    files: () => Promise.all((options.file ?? []).map((path) => readProjectFile(path, options))),
  });
}

/** Under the name that it has in the project, so that the team can speak of it. */
async function readProjectFile(path: string, { workspace }: RunOptions): Promise<{ path: string; content: string }> {
  const name = relative(resolve(workspace ?? '.'), resolve(path)).replaceAll('\\', '/');
  const outside = name.startsWith('../') || resolve(process.cwd(), name) === name;
  return {
    path: outside ? path.replaceAll('\\', '/').split('/').slice(-1).join('/') : name,
    content: await readTextFile(path, 'project file'),
  };
}
