import type { EventOf } from '../../../events/run-stream-events.ts';
import type { ActivityCompleted } from '../../../events/activities/activity-kinds.ts';
import { checkSentence } from '../../../orchestrator/checks/check-sentence.ts';
import { bearsOnChecks } from '../../../orchestrator/checks/files-for-check.ts';
import { installBegins, installSentence } from '../../../orchestrator/packages/install-sentence.ts';

/** What a live view keeps of commands. */
export interface LiveChecks {
  /** Notes about the run as a whole. */
  notes: string[];
  /** The commands that were run on its files: the index of the note, and the files that have changed since. */
  checks: { note: number; data: Omit<EventOf<'check.finished'>['data'], 'task'>; changed: Set<string> }[];
}

/** The note of a command that is running. */
export function checkBegins(run: LiveChecks, data: { command: string }): void {
  run.notes.push(beginning(data));
}

function beginning({ command }: { command: string }): string {
  return `Checking with '${command}'`;
}

/** Its outcome, in the place of that note. */
export function checkEnds(run: LiveChecks, data: LiveChecks['checks'][number]['data']): void {
  if (data.verification !== undefined) {
    // It runs after each step: its newest answer stands in the place of the one before.
    if (run.notes.at(-1) === beginning(data)) run.notes.pop();
    const before = run.checks.find((known) => known.data.verification !== undefined && known.data.command === data.command);
    if (before !== undefined) {
      Object.assign(before, { data, changed: new Set() });
      run.notes[before.note] = checkSentence(data);
      return;
    }
  }
  const note = run.notes.push(checkSentence(data)) - 1;
  run.checks.push({ note, data, changed: new Set() });
}

/** What came of fetching packages, in the place of the note that it began. */
export function installEnds(run: LiveChecks, data: ActivityCompleted<'install'>): void {
  if (run.notes.at(-1) === installBegins(data)) run.notes.pop();
  run.notes.push(installSentence(data));
}

/** Marks the outcomes of earlier commands as outdated for a file that has changed since. */
export function outdateChecks(run: LiveChecks, path: string, sha256?: string): void {
  for (const { note, data, changed } of run.checks) {
    if (data.verification !== undefined && !bearsOnChecks(path)) continue;
    if (data.files?.some((file) => file.path === path && file.sha256 === sha256)) changed.delete(path);
    else changed.add(path);
    run.notes[note] = checkSentence(data, [...changed]);
  }
}
