import { findRun, runsNewestFirst } from '../../operations/find-run.ts';
import { matchRun } from '../../operations/match-run.ts';
import { signalRun } from '../../operations/signal-run.ts';
import { printableLine } from '../../utils/printable.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { usageError } from '../usage-error.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent signal [run] <name>` */
export async function signal(words: readonly string[], options: JournalOptions): Promise<void> {
  const name = words.at(-1)?.trim() ?? '';
  if (name === '')
    throw usageError('No signal was named.', 'Use the name that the waiting step has for it: multiagent signal <run> approved');
  await withJournal(options, async (workspace) => {
    if (words.length === 1 && matchRun(name, await runsNewestFirst(workspace.store)).kind === 'found')
      throw usageError(`"${name}" names a run, and no signal.`, `Name the signal, too: multiagent signal ${name} <signal>`);
    const run = await findRun(workspace, words.length > 1 ? words[0] : undefined);
    const { status, owner, waiting } = await signalRun(workspace, run, name);
    const heard =
      waiting.length === 0
        ? `No step of the run ${run} (${status}) waits for the signal "${name}" now; it is kept until a step does.`
        : `Sent the signal "${name}" to the run ${run}, where ${waiting.join(', ')} ${waiting.length === 1 ? 'waits' : 'wait'} for it.`;
    const next =
      owner === undefined && waiting.length > 0 ? [`The run is not running now. Continue it with: multiagent resume ${run}`] : [];
    writeFolded(`${[heard, ...next].map(printableLine).join('\n')}\n`);
  });
}
