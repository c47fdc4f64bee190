import type { RequestWatch, Sending } from '../../llm/destinations/request-watch.ts';
import type { Report, RunJournal } from '../journal/run-journal.ts';

/** What a run sends besides the calls of its tasks, such as prompts whose tokens are counted; calls have a watch of their own. */
export interface RunWatch {
  watch: RequestWatch;
  /** From now on requests that leave this machine are in the journal before a connection is opened, with those from before. */
  recordIn(journal: RunJournal): Promise<void>;
}

export function watchRun(): RunWatch {
  const before: Sending[] = [];
  const asked = new Set<string>();
  let journal: RunJournal | undefined;
  const reportOf = ({ host, where, bytes }: Sending): Report => ({ type: 'request.sent', data: { host, where, bytes } });
  return {
    async watch(sending) {
      if (sending.where === 'this_machine') return;
      // Whoever waits for a server asks it many times, and tells it nothing.
      if (sending.bytes === 0 && asked.has(sending.host)) return;
      if (sending.bytes === 0) asked.add(sending.host);
      if (journal === undefined) before.push(sending);
      else await journal.append('run', [reportOf(sending)], 'normal');
    },
    async recordIn(into) {
      journal = into;
      await into.append('run', before.splice(0).map(reportOf));
    },
  };
}
