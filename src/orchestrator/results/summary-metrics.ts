import type { RunState } from '../../state/run/run-state.ts';
import { costSentences } from './cost-sentences.ts';
import { egressSentences } from './egress-sentences.ts';
import { runLedger, type LedgerEntry, type RunLedger } from './run-ledger.ts';
import { parallelSentence } from '../scheduling/parallel-sentence.ts';
import { egressOfRun } from '../../state/run/egress-of-run.ts';
import { timeWorked } from '../../state/run/usage-of-run.ts';
import { plain } from './summary-text.ts';

/** What a run took: time, tokens, and where they went. */
export function summaryMetrics(state: RunState): string[] {
  const ledger = runLedger(state);
  const seconds = state.finishedAt === undefined ? undefined : timeWorked(state, state.finishedAt) / 1000;
  return [
    `- Duration: ${seconds === undefined ? 'not finished' : `${seconds.toFixed(1)} s`}`,
    ...(ledger.run.calls === 0 ? ['- No model was asked.'] : tokenLines(ledger.run)),
    `- ${plain(parallelSentence(state))}`,
    ...costSentences(state).map((sentence) => `- Cost: ${plain(sentence)}`),
    ...egressSentences(egressOfRun(state)).map((sentence) => `- ${plain(sentence)}`),
    ...(ledger.run.calls === 0 ? [] : ['', ...ledgerTable(ledger)]),
  ];
}

function tokenLines(run: LedgerEntry): string[] {
  return [
    `- Prompt tokens read: ${known(run.tokens_read)}, from the server's cache: ${known(run.tokens_cached)}, the least possible: ${known(run.tokens_ideal)}`,
    `- Tokens written: ${known(run.tokens_written)}, reasoning among them: ${known(run.tokens_reasoning)}`,
  ];
}

function ledgerTable({ run, roles, tasks }: RunLedger): string[] {
  const rows = [
    ...Object.entries(tasks),
    ...Object.entries(roles).map(([role, entry]): [string, LedgerEntry] => [`all by ${role}`, entry]),
    ['the run', run] as const,
  ];
  return [
    '| | calls | read | cached | least possible | written | reasoning | first token | tokens/s |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map(([name, entry]) => {
      const cells = [
        `${entry.calls}${entry.calls_untold > 0 ? ` (${entry.calls_untold} untold)` : ''}`,
        known(entry.tokens_read),
        known(entry.tokens_cached),
        known(entry.tokens_ideal),
        known(entry.tokens_written),
        known(entry.tokens_reasoning),
        entry.first_token_seconds === null ? 'unknown' : `${entry.first_token_seconds.toFixed(2)} s`,
        entry.tokens_per_second === null ? 'unknown' : entry.tokens_per_second.toFixed(1),
      ];
      return `| ${plain(name)} | ${cells.join(' | ')} |`;
    }),
  ];
}

function known(count: number | null): string {
  return count === null ? 'unknown' : String(Math.round(count));
}
