import type { ReadAhead } from '../../orchestrator/run/read-ahead.ts';
import { needsRequirement } from '../../workflows/resolve-inputs.ts';
import { executeWorkflow } from '../execute-workflow.ts';
import type { ExitCode } from '../exit-code.ts';
import { readProjectFiles } from '../read-project-files.ts';
import { readRequirement, sayUnlessQuiet } from '../read-requirement.ts';
import type { RunOptions } from '../run-options.ts';
import { usageError } from '../usage-error.ts';

/** `multiagent run <workflow>`, or with `--workflow` and an empty name. `ahead`: what the server has already read of the first prompt. */
export async function run(workflow: string | undefined, options: RunOptions, ahead?: ReadAhead): Promise<ExitCode> {
  if (workflow === undefined)
    throw usageError('No workflow is named.', '"multiagent workflows list" names them. Or give the file of one with --workflow.');
  return executeWorkflow({
    workflow,
    options,
    ahead,
    async requirement(definition) {
      const { req, requirement, words = [] } = options;
      const isGiven = req !== undefined || requirement !== undefined || words.length > 0;
      return isGiven || needsRequirement(definition) ? readRequirement(options, sayUnlessQuiet(options)) : '';
    },
    given: (project) => readProjectFiles(options, project),
  });
}
