import { keptBack } from '../../orchestrator/results/kept-back.ts';
import { proofOfRun } from '../../orchestrator/proof/proof-of-run.ts';
import { findRun } from '../../operations/find-run.ts';
import { type FollowedEvent, followRun } from '../../operations/follow-run.ts';
import { chooseLiveRun } from '../../operations/live-runs.ts';
import { showRun, standingRun } from '../../operations/show-run.ts';
import { jsonLine, safeJson } from '../safe-json.ts';
import { type ExitCode, exitCode, exitCodeOfRun } from '../exit-code.ts';
import { runDocument } from '../json/run-document.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { runLines } from '../runs/run-lines.ts';
import { plainView } from '../views/plain/plain-view.ts';
import type { View } from '../views/view.ts';
import { writeFolded } from '../write-folded.ts';
import { stopOnSignal } from '../stop-signals.ts';
import process from 'node:process';

export interface StatusOptions extends JournalOptions {
  follow?: boolean | undefined;
  json?: boolean | undefined;
}

/** `multiagent status [run]` */
export async function status(reference: string | undefined, { follow, json, ...options }: StatusOptions): Promise<ExitCode> {
  return withJournal(options, async (workspace) => {
    const write = (text: string) => void process.stdout.write(text);
    const run = reference === undefined ? await chooseLiveRun(workspace) : await findRun(workspace, reference);
    const tell = async () => {
      const shown = await showRun(workspace, run);
      if (json) write(`${safeJson(runDocument(shown))}\n`);
      else writeFolded(`${runLines(shown, { now: Date.now(), detail: 'compact' }).join('\n')}\n`);
    };
    if (!follow) {
      await tell();
      return exitCode.completed;
    }
    const view: View = json ? { event: (event) => write(jsonLine(event)) } : plainView({ write: writeFolded, detail: 'normal' });
    if (!json) await tell();
    using stop = stopOnSignal();
    if (json || (await standingRun(workspace, run)).status === 'running') await show(view, followRun(workspace, run, stop));
    if (stop.signal.aborted) return exitCode.interrupted;
    const { status: ended, state } = await standingRun(workspace, run);
    if (!json) write(`The run is ${ended}.\n`);
    return exitCodeOfRun(ended, { outcome: proofOfRun(state).outcome, keptBack: keptBack(state) });
  });
}

/** Passes events that were already recorded to the view as earlier ones, if it distinguishes them. */
async function show(view: View, events: AsyncIterable<FollowedEvent>): Promise<void> {
  for await (const { event, when } of events) {
    if (when === 'earlier' && view.earlier !== undefined) view.earlier(event);
    else view.event(event);
  }
}
