import { existsSync } from 'node:fs';
import process from 'node:process';
import type { ListedRun, ListRunsOptions } from '../../state/run/list-runs.ts';
import type { WorkspacePlace } from '../../operations/workspace.ts';
import { printableLine, shorten } from '../../utils/printable.ts';
import { workspacePlaces } from '../../utils/workspace-places.ts';
import type { RunStatus } from '../../state/run/run-state.ts';
import { decideSentence } from '../views/asked-lines.ts';
import { align, cutText } from '../views/text-width.ts';
import { formatDuration, localTime } from '../views/format-time.ts';
import { type JournalOptions, journalPlace } from '../runs/open-journal.ts';
import { requirementTitle } from '../../state/run/run-title.ts';
import { writeFolded } from '../write-folded.ts';

export interface RunsOptions extends JournalOptions {
  status?: RunStatus | undefined;
  all?: boolean | undefined;
  json?: boolean | undefined;
}

const atOnce = 20;

/** The width from which the table is shown in full. */
const fullWidth = 100;

/** `multiagent runs` */
export async function runs({ status, all, json, ...options }: RunsOptions): Promise<void> {
  const place = await journalPlace(options);
  // One more than is shown, to know whether there are more.
  const limit = all ? undefined : atOnce + 1;
  const found = existsSync(workspacePlaces(place.workspace).journal) ? await foundIn(place, { limit, status }) : [];
  const shown = found.slice(0, all ? undefined : atOnce);
  if (json) {
    const [{ listedRunDocument }, { jsonLine }] = await Promise.all([import('../json/listed-run-document.ts'), import('../safe-json.ts')]);
    process.stdout.write(shown.map((run) => jsonLine(listedRunDocument(run))).join(''));
    return;
  }
  if (shown.length === 0) {
    writeFolded(
      align([[status === undefined ? `There are no runs in ${place.workspace}.` : `No run is ${status}.`]])
        .concat('')
        .join('\n'),
    );
    return;
  }
  const [head = '', ...rows] = align([['RUN', 'STATUS', 'STARTED', 'TIME', 'TASKS', 'WORKFLOW', 'REQUIREMENT'], ...shown.map(row)]);
  const lines = [
    toRoom(head),
    ...rows.flatMap((line, index) => [toRoom(line), ...(shown[index]?.asks ?? []).map((one) => asked(shown[index]?.run ?? '', one))]),
  ];
  if (found.length > shown.length) lines.push(`There are more: multiagent runs --all`);
  writeFolded(`${lines.join('\n')}\n`);
}

async function foundIn(place: WorkspacePlace, options: ListRunsOptions): Promise<ListedRun[]> {
  const [{ withWorkspace }, { listRuns }] = await Promise.all([
    import('../../operations/workspace.ts'),
    import('../../operations/list-runs.ts'),
  ]);
  return withWorkspace(place, (workspace) => listRuns(workspace, options));
}

/** Below a run: what somebody is to decide in it. */
function asked(run: string, { task, wants, ask }: NonNullable<ListedRun['asks']>[number]): string {
  return printableLine(`  ${task} asks: ${shorten(ask.replaceAll(/\s+/g, ' '), 80)} ${decideSentence(run, { task, wants })}`);
}

/** Cuts the last column to the width of the terminal. If almost nothing would be left, it goes below the others. */
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
