import { resolve } from 'node:path';
import type { SettingsInput } from '../config/settings-schema.ts';
import type { WorkflowResult } from '../orchestrator/results/run-result.ts';
import { type EventStore, LeaseHeldError } from '../state/store/event-store.ts';
import { foldRun, type RunState } from '../state/run/run-state.ts';
import { isOwned } from '../state/run/shown-run-status.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import type { RunOptions } from './run-options.ts';
import { runWithTeam, type TeamAtWork } from './run-with-team.ts';
import { askAboutOrigin } from './runs/ask-about-origin.ts';
import { type Journal, journalPlace, withJournal } from './runs/open-journal.ts';

export interface FollowUpOptions {
  options: RunOptions;
  /** Which run is meant. */
  choose: (journal: Journal) => Promise<string>;
  /** Throws what keeps the run from being followed up: asked before a model server is looked for. */
  check?: ((state: RunState) => void) | undefined;
  /** `same`: the run itself goes on. `new`: another run begins that builds on it. */
  as: 'same' | 'new';
  work: (team: TeamAtWork, run: string, overrides: SettingsInput) => Promise<WorkflowResult>;
}

/** Goes on with a run, or builds on it, with the settings of its start and what the command line says otherwise. */
export async function followUpRun({ options, choose, check, as, work }: FollowUpOptions): Promise<ExitCode> {
  const { run, state, known } = await withJournal(options, async (journal) => {
    const { store } = journal;
    const run = await choose(journal);
    if (as === 'same') await requireNobody(store, run);
    const state = await foldRun(store.read(`run:${run}`));
    check?.(state);
    return { run, state, known: await askAboutOrigin({ ...journal, state, trust: options.trust }) };
  });
  if (known !== 'yes') return known === 'no' ? exitCode.completed : exitCode.interrupted;
  const { workspace } = journalPlace(options);
  return runWithTeam({
    options,
    embeddedSlots: state.maxParallel,
    outputFolder: resolve(workspace, state.output),
    async work(team) {
      await team.begin(as === 'same' ? team.orchestrator.store.read(`run:${run}`) : undefined);
      return work(team, run, overridesOf(options));
    },
  });
}

/** Settings that count instead of those of the run's start; they are recorded with the run. */
function overridesOf({ baseUrl, model, engine, modelFile }: RunOptions): SettingsInput {
  return {
    llm_base_url: baseUrl,
    llm_model: model,
    engine,
    model_file: modelFile === undefined ? undefined : resolve(modelFile),
  };
}

async function requireNobody(store: EventStore, run: string): Promise<void> {
  const lease = await store.readLease(`run:${run}`);
  if (isOwned(lease, Date.now())) throw new LeaseHeldError(lease);
}
