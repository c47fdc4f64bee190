import { resolve } from 'node:path';
import type { SettingsInput } from '../../config/settings-schema.ts';
import type { EventOf } from '../../events/event-registry.ts';
import type { WorkflowResult } from '../../orchestrator/run-result.ts';
import { type EventStore, LeaseHeldError } from '../../state/event-store.ts';
import { isOwned } from '../../state/shown-run-status.ts';
import type { ExitCode } from '../exit-code.ts';
import type { RunOptions } from '../run-options.ts';
import { runWithTeam, type TeamAtWork } from '../run-with-team.ts';
import { type Journal, journalPlace, withJournal } from './open-journal.ts';

export interface FollowUpOptions {
  options: RunOptions;
  /** Which run is meant, and whether it can be followed up: asked before a model server is looked for. */
  choose: (journal: Journal) => Promise<string>;
  /** `same`: the run itself goes on. `new`: another run begins that builds on it. */
  as: 'same' | 'new';
  work: (team: TeamAtWork, run: string, overrides: SettingsInput) => Promise<WorkflowResult>;
}

/** Goes on with a run, or builds on it, with the settings of its start and what the command line says otherwise. */
export async function followUpRun({ options, choose, as, work }: FollowUpOptions): Promise<ExitCode> {
  const { run, started } = await withJournal(options, async (journal) => {
    const { store } = journal;
    const run = await choose(journal);
    if (as === 'same') await requireNobody(store, run);
    return { run, started: await firstEvent(store, run) };
  });
  const { workspace } = journalPlace(options);
  return runWithTeam({
    options,
    embeddedSlots: started?.data.maxParallel,
    outputFolder: started && resolve(workspace, started.data.output),
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

async function firstEvent(store: EventStore, run: string): Promise<EventOf<'run.started'> | undefined> {
  for await (const event of store.read(`run:${run}`)) return event.type === 'run.started' ? event : undefined;
  return undefined;
}
