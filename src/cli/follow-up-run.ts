import { resolve } from 'node:path';
import type { SettingsInput } from '../config/settings-schema.ts';
import { foldRun, type RunState } from '../state/run/run-state.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import { budgetOf, type RunOptions } from './run-options.ts';
import { endWorktree, tellWorktree, type WorktreeEnd } from './worktree-end.ts';
import { runWithTeam } from './run-with-team.ts';
import { askAboutOrigin } from './runs/ask-about-origin.ts';
import { journalPlace, withJournal } from './runs/open-journal.ts';
import { runStream } from '../events/run-stream.ts';
import type { FollowUpOptions } from '../operations/follow-up.ts';
import type { StartedRun } from '../operations/start-run.ts';
import type { Workspace } from '../operations/workspace.ts';
import type { AgentOrchestrator } from '../orchestrator/agent-orchestrator.ts';

/** The chosen run, and the other words on the command line. */
export interface ChosenRun {
  run: string;
  rest?: string[] | undefined;
}

export interface FollowUpRunOptions {
  options: RunOptions;
  choose: (workspace: Workspace) => Promise<ChosenRun>;
  /** What to do with a run that is completed. `commit`: if its Git worktree lacks the commit, that is made up for. Default: it is left to the operation. */
  completed?: 'commit' | undefined;
  /** The operation. */
  start: (orchestrator: AgentOrchestrator, chosen: ChosenRun & { state: RunState }, how: FollowUpOptions) => Promise<StartedRun>;
}

/** Continues a run, or builds on it, with the settings of its start and the changes from the command line. */
export async function followUpRun({ options, choose, start, completed }: FollowUpRunOptions): Promise<ExitCode> {
  const { chosen, known } = await withJournal(options, async (workspace) => {
    const found = await choose(workspace);
    const state = await foldRun(workspace.store.read(runStream(found.run)));
    return { chosen: { ...found, state }, known: await askAboutOrigin({ ...workspace, state, trust: options.trust }) };
  });
  if (known !== 'yes') return known === 'no' ? exitCode.completed : exitCode.interrupted;
  const { run, state } = chosen;
  const { workspace } = await journalPlace(options);
  if (completed === 'commit' && state.status === 'completed' && state.input.worktree !== undefined) {
    const late = await withJournal(options, (place) => endWorktree(place, { workflow_id: run, status: 'completed' }));
    return tellWorktree(late, exitCode.completed, { options, workspace });
  }
  let end: WorktreeEnd = { kind: 'none' };
  const code = await runWithTeam({
    options,
    embeddedSlots: state.maxParallel,
    outputFolder: resolve(workspace, state.output),
    async work({ orchestrator, signal, begin, person }) {
      const started = await start(orchestrator, chosen, {
        signal,
        person,
        overrides: overridesOf(options),
        trust: true,
        whileWaiting: options.stay ? 'stay' : undefined,
        beforeStart: (which) => begin(which === 'same' ? orchestrator.store.read(runStream(run)) : undefined),
      });
      const result = await started.result;
      end = await endWorktree(orchestrator, result);
      return result;
    },
  });
  return tellWorktree(end, code, { options, workspace });
}

/** Settings that replace those of the run's start; they are recorded with the run. */
export function overridesOf({ baseUrl, model, engine, modelFile, ...others }: RunOptions): SettingsInput {
  return {
    llm_base_url: baseUrl,
    llm_model: model,
    engine,
    budget: budgetOf(others),
    model_file: modelFile === undefined ? undefined : resolve(modelFile),
  };
}
