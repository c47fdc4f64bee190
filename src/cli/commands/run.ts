import type { ReadAhead } from '../../orchestrator/run/read-ahead.ts';
import { executeWorkflow } from '../execute-workflow.ts';
import type { ExitCode } from '../exit-code.ts';
import { readProjectFiles } from '../read-project-files.ts';
import { readRequirement } from '../read-requirement.ts';
import type { RunOptions } from '../run-options.ts';

/** `multiagent run <workflow>`. `ahead`: what the server has already read of the first prompt. */
export async function run(workflow: string, options: RunOptions, ahead?: ReadAhead): Promise<ExitCode> {
  return executeWorkflow({
    workflow,
    options,
    ahead,
    requirement: () => readRequirement(options),
    files: () => readProjectFiles(options),
  });
}
