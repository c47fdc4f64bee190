import { resolve } from 'node:path';
import process from 'node:process';
import type { ReadAhead } from '../orchestrator/run/read-ahead.ts';
import type { WorkflowResult } from '../orchestrator/results/run-result.ts';
import { startRun } from '../operations/start-run.ts';
import type { Workflow } from '../orchestrator/workflow.ts';
import { announcement, checkOption, exitCodeWithCheck, withCheck } from './check-option.ts';
import { unclearWorkflows } from './definitions/workflows-here.ts';
import type { ExitCode } from './exit-code.ts';
import { printableLine } from '../utils/printable.ts';
import { readInputs } from './read-inputs.ts';
import type { RunOptions } from './run-options.ts';
import { endWorktree, tellWorktree, type WorktreeEnd } from './worktree-end.ts';
import { inWorktree } from './in-worktree.ts';
import { projectFolder } from '../orchestrator/project-folder.ts';
import { createRunId } from '../utils/run-id.ts';
import type { WorkflowDefinition } from '../workflows/workflow-schema.ts';
import { runWithTeam, type RunWithTeamOptions } from './run-with-team.ts';

export interface ExecuteWorkflowOptions {
  /** Its name. With `--workflow` the file is taken instead. */
  workflow: string;
  options: RunOptions;
  /** Called once the workflow is known to exist. */
  requirement: (workflow: WorkflowDefinition) => Promise<string>;
  /** The files that are given whole, and what else is read of the project. `project`: its folder, if it is not the workspace. */
  given?: ((project: string | undefined) => Promise<Pick<Workflow, 'files' | 'project'>>) | undefined;
  /** What the server has already read of the first prompt. */
  ahead?: ReadAhead | undefined;
  afterCompletion?: RunWithTeamOptions['afterCompletion'];
}

/** Runs a workflow as the command does, then the user's own check. */
export async function executeWorkflow({
  workflow,
  options,
  requirement,
  given = () => Promise.resolve({ files: [] }),
  ahead,
  afterCompletion,
}: ExecuteWorkflowOptions): Promise<ExitCode> {
  const check = checkOption(options);
  let result: WorkflowResult | undefined;
  let end: WorktreeEnd = { kind: 'none' };
  let workspace = '';
  const code = await runWithTeam({
    options,
    afterCompletion,
    async work({ orchestrator, signal, begin, person, say }) {
      const { workflow: file, input = [] } = options;
      const definition = file === undefined ? orchestrator.workflows.get(workflow) : orchestrator.workflows.load(resolve(file));
      const inputs = readInputs(definition, input);
      const tell = (sentence: string) => {
        if (!options.quiet) say(`${sentence}\n`);
      };
      workspace = orchestrator.workspace;
      const asked = { definition, requirement: await requirement(definition), inputs, context: {} };
      const run = createRunId(orchestrator.clock.now());
      result = await inWorktree({ orchestrator, run, branch: options.worktree, tell }, async (worktree) => {
        const project = worktree && projectFolder(workspace, { worktree });
        const what = { ...asked, ...(await given(project)), worktree };
        if (check !== undefined) process.stderr.write(await announcement(check, orchestrator.settings));
        if (!options.quiet) for (const text of unclearWorkflows(orchestrator.workflows)) say(`${printableLine(text)}\n`);
        await begin();
        return startRun(orchestrator, what, { signal, ahead, person, run }).result;
      });
      if (check !== undefined) result = await withCheck({ check, result, orchestrator, signal });
      end = await endWorktree(orchestrator, result);
      return result;
    },
  });
  const ended = tellWorktree(end, code, { options, workspace });
  if (check === undefined || result === undefined) return ended;
  if (!result.checks.some(({ step }) => step === null)) process.stderr.write('The check was not run, because the run did not complete.\n');
  return exitCodeWithCheck(ended, result);
}
