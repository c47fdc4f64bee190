import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { promptOfTask } from '../../../src/operations/prompt-of-task.ts';
import { messageParams } from '../../../src/llm/chat/wire-messages.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';
import { readHistory } from '../../histories/read-history.ts';

const folder = join(import.meta.dirname, '..', '..', 'histories');
const histories = globSync('*/*.jsonl', { cwd: folder }).sort();
const recorded = JSON.parse(readFileSync(join(folder, 'prompts.json'), 'utf8')) as Record<string, Record<string, string>>;

/** By task, a digest of the messages that its latest request was made of. */
async function promptsOf(history: string): Promise<Record<string, string>> {
  const events = async function* () {
    yield* readHistory(join(folder, history));
  };
  const state = await foldRun(events());
  const asked = [...state.tasks.values()].filter(({ activities }) => activities.length > 0);
  return Object.fromEntries(
    asked.map((task) => {
      const messages = promptOfTask(state, task).flatMap(messageParams);
      return [task.task, createHash('sha256').update(JSON.stringify(messages)).digest('hex').slice(0, 16)];
    }),
  );
}

test.each(histories)('the transcripts of an earlier run are, byte for byte, what they were then: %s', async (history) => {
  const expected = recorded[history];
  expect(expected, `what ${history} showed`).toBeDefined();
  expect(await promptsOf(history)).toEqual(expected);
});
