import { findRun } from '../../operations/find-run.ts';
import { standingRun } from '../../operations/show-run.ts';
import { pauseRun } from '../../operations/steer-run.ts';
import { ownName } from '../asking/own-name.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { askAboutOrigin } from '../runs/ask-about-origin.ts';
import { onlyLiveRun } from '../runs/only-live-run.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent pause [run]` */
export async function pause(reference: string | undefined, { trust, ...options }: JournalOptions & { trust?: boolean }): Promise<ExitCode> {
  return withJournal(options, async (workspace) => {
    const run = reference === undefined ? await onlyLiveRun(workspace, 'pause') : await findRun(workspace, reference);
    const { state } = await standingRun(workspace, run);
    const known = await askAboutOrigin({ ...workspace, state, trust });
    if (known !== 'yes') return known === 'no' ? exitCode.completed : exitCode.interrupted;
    const { owner, status } = await pauseRun(workspace, run, { by: ownName(), trust: true });
    writeFolded(
      owner === undefined
        ? `Nobody works on the run ${run} now (${status}); there is nothing to pause.\n`
        : `The run ${run} pauses once the steps under way are done. Then change what they gave, with "multiagent edit ${run} <step>", and go on: multiagent resume ${run}\n`,
    );
    return exitCode.completed;
  });
}
