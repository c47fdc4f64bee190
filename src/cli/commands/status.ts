import process from 'node:process';
import { type ExitCode, exitCode, exitCodeOfStatus } from '../exit-code.ts';
import { runDocument } from '../json/run-document.ts';
import { jsonLine, safeJson } from '../safe-json.ts';
import { chooseLiveRun } from '../runs/choose-live-run.ts';
import { filesNow } from '../runs/files-now.ts';
import { findRun } from '../runs/find-run.ts';
import { followRun } from '../runs/follow-run.ts';
import { loadShownRun } from '../runs/load-shown-run.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { runLines } from '../runs/run-lines.ts';
import { plainView } from '../views/plain-view.ts';
import type { View } from '../views/view.ts';
import { writeFolded } from '../write-folded.ts';
import { stopOnSignal } from '../stop-on-signal.ts';

export interface StatusOptions extends JournalOptions {
  follow?: boolean | undefined;
  json?: boolean | undefined;
}

/** `multiagent status [run]` */
export async function status(reference: string | undefined, { follow, json, ...options }: StatusOptions): Promise<ExitCode> {
  return withJournal(options, async ({ store, workspace }) => {
    const write = (text: string) => void process.stdout.write(text);
    const run = reference === undefined ? await chooseLiveRun(store) : await findRun(store, reference);
    const tell = async () => {
      const shown = await loadShownRun(store, run);
      const { state, status, owner } = shown;
      const files = await filesNow(state, workspace);
      if (json) write(`${safeJson(runDocument(shown, files))}\n`);
      else writeFolded(`${runLines(state, { status, owner, workspace, now: Date.now(), files, detail: 'compact' }).join('\n')}\n`);
    };
    if (!follow) {
      await tell();
      return exitCode.completed;
    }
    const view: View = json ? { event: (event) => write(jsonLine(event)) } : plainView({ write: writeFolded, detail: 'normal' });
    if (!json) await tell();
    using stop = stopOnSignal();
    if (json || (await loadShownRun(store, run)).status === 'running') await followRun({ store, run, view, signal: stop.signal });
    if (stop.signal.aborted) return exitCode.interrupted;
    const { status: ended } = await loadShownRun(store, run);
    if (!json) write(`The run is ${ended}.\n`);
    return exitCodeOfStatus(ended);
  });
}
