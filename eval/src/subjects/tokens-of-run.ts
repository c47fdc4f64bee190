import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import { sumUsage } from '../../../src/events/sum-usage.ts';
import type { Usage } from '../../../src/events/usage.ts';
import type { WorkflowResult } from '../../../src/orchestrator/results/run-result.ts';
import { listFiles } from '../tasks/list-files.ts';
import type { Tokens } from '../results/result-schema.ts';
import { eventsOf } from './read-events.ts';

/** The ledger of the run's result; of a run that was killed before it wrote one, what its calls told. */
export async function tokensOfRun(output: string, events: readonly JournalEvent[]): Promise<Tokens> {
  const file = listFiles(output).find((path) => /^workflow_[^/]+\.json$/.test(path));
  if (file !== undefined) {
    const { ledger } = JSON.parse(await readFile(join(output, file), 'utf8')) as WorkflowResult;
    const { tokens_read: read, tokens_cached: cached, tokens_written: written, tokens_ideal: ideal } = ledger.run;
    return { read, cached, written, ideal };
  }
  const usage = eventsOf(events, 'call.ended').reduce<Usage>((sum, call) => sumUsage(sum, call.usage ?? {}), {});
  return { read: usage.readTokens ?? null, cached: usage.cachedTokens ?? null, written: usage.replyTokens ?? null, ideal: null };
}
