import { existsSync } from 'node:fs';
import process from 'node:process';
import { type ListedRun, listRuns } from '../../state/run/list-runs.ts';
import type { RunStatus } from '../../state/run/run-state.ts';
import { cutText } from '../views/text-width.ts';
import { formatDuration } from '../views/format-duration.ts';
import { listedRunDocument } from '../json/listed-run-document.ts';
import { align } from '../runs/align.ts';
import { countedRun } from '../runs/counted-run.ts';
import { jsonLine } from '../safe-json.ts';
import { localTime } from '../runs/local-time.ts';
import { journalPlace, type JournalOptions, useStore } from '../runs/open-journal.ts';
import { requirementTitle } from '../runs/requirement-title.ts';
import { writeFolded } from '../write-folded.ts';

export interface RunsOptions extends JournalOptions {
  status?: RunStatus | undefined;
  all?: boolean | undefined;
  json?: boolean | undefined;
}

const atOnce = 20;

/** Columns from which on the table stands side by side. */
const fullWidth = 100;

/** `multiagent runs` */
export async function runs({ status, all, json, ...options }: RunsOptions): Promise<void> {
  const { path, workspace } = journalPlace(options);
  // One more than is shown tells whether there are more.
  const limit = all ? undefined : atOnce + 1;
  const { shown, more } = existsSync(path)
    ? await useStore(path, async (store) => {
        const found = await listRuns(store, { limit, status });
        const shown: ListedRun[] = [];
        for (const run of all ? found : found.slice(0, atOnce)) shown.push(await countedRun(store, run));
        return { shown, more: found.length > shown.length };
      })
    : { shown: [], more: false };
  if (json) {
    process.stdout.write(shown.map((run) => jsonLine(listedRunDocument(run))).join(''));
    return;
  }
  if (shown.length === 0) {
    writeFolded(
      align([[status === undefined ? `There are no runs in ${workspace}.` : `No run is ${status}.`]])
        .concat('')
        .join('\n'),
    );
    return;
  }
  const lines = align([['RUN', 'STATUS', 'STARTED', 'TIME', 'TASKS', 'WORKFLOW', 'REQUIREMENT'], ...shown.map(row)]).map(toRoom);
  if (more) lines.push(`There are more: multiagent runs --all`);
  writeFolded(`${lines.join('\n')}\n`);
}

/** Of the last column so much as a terminal has room for beside the others; where that is next to nothing, all of it below them. */
function toRoom(line: string): string {
  const { isTTY, columns } = process.stdout;
  return isTTY && columns >= fullWidth ? cutText(line, columns, '…') : line;
}

function row({ run, status, startedAt, endedAt, milliseconds, tasks, workflow, inherits, requirement }: ListedRun): string[] {
  const time = formatDuration(milliseconds ?? (endedAt ?? Date.now()) - startedAt);
  const done = tasks === undefined ? '' : `${tasks.completed}/${tasks.total}`;
  const what = `${workflow.replaceAll('_', '-')}${inherits === undefined ? '' : ` (${inherits})`}`;
  return [run, status, localTime(startedAt), time, done, what, requirementTitle(requirement, 60)];
}
