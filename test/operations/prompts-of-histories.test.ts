import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foldRun } from '../../src/state/run/run-state.ts';
import { promptsOfRun } from '../histories/prompts-of-run.ts';
import { readHistory } from '../histories/read-history.ts';

const folder = join(import.meta.dirname, '..', 'histories');
const histories = globSync('*/*.jsonl', { cwd: folder }).sort();
const recorded = JSON.parse(readFileSync(join(folder, 'prompts.json'), 'utf8')) as Record<string, Record<string, string>>;

test.each(histories)('the transcripts of an earlier run are, byte for byte, what they were then: %s', async (history) => {
  const events = async function* () {
    yield* readHistory(join(folder, history));
  };
  expect(promptsOfRun(await foldRun(events()))).toEqual(recorded[history]);
});
