import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { foldRun } from '../../../src/state/run/run-state.ts';
import { readHistory } from '../../histories/read-history.ts';
import { summarizeRun } from '../../histories/summarize-run.ts';

const folder = join(import.meta.dirname, '..', '..', 'histories');
const histories = globSync('*/*.jsonl', { cwd: folder }).sort();

describe('a run that an earlier version recorded', () => {
  test.each(histories)('means what it meant then: %s', async (history) => {
    const path = join(folder, history);
    const events = async function* () {
      yield* readHistory(path);
    };
    const meant = JSON.parse(readFileSync(path.replace(/l$/, ''), 'utf8')) as unknown;
    expect(summarizeRun(await foldRun(events()))).toEqual(meant);
  });

  test('the histories hold every way in which a run goes', () => {
    const types = new Set(histories.flatMap((history) => readHistory(join(folder, history)).map(({ type }) => type)));
    for (const type of [
      'task.skipped',
      'task.cancelled',
      'task.waiting',
      'task.woken',
      'run.waiting',
      'task.failed',
      'transcript.cut',
      'activity.failed',
      'message.sent',
    ]) {
      expect(types).toContain(type);
    }
  });
});
