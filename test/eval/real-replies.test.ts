import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { teamOnFake } from '../support/team-on-fake.ts';

/** What real models replied in runs, good and bad ones; made by `npm run eval -- --fixture`. */
const folder = join(import.meta.dirname, '..', 'fixtures', 'real-replies');
const fixtures = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];

const fixtureSchema = z.strictObject({
  workflow: z.string(),
  model: z.string(),
  input: z.strictObject({ requirement: z.string(), files: z.array(z.strictObject({ path: z.string(), content: z.string() })) }),
  replies: z.array(z.strictObject({ taskType: z.string(), text: z.string(), finishReason: z.string() })).min(1),
});

type Replies = z.infer<typeof fixtureSchema>['replies'];

/** Each task gets its own replies in turn, whatever it is asked; one that asks more often than the model was asked gets the last one again. */
function replyFrom(replies: Replies): (request: { taskType: string | undefined }) => { text: string; finishReason: string } {
  const waiting = Map.groupBy(replies, ({ taskType }) => taskType);
  return ({ taskType = '' }) => {
    const own = waiting.get(taskType) ?? [];
    const reply = own.length > 1 ? own.shift() : own[0];
    return { text: reply?.text ?? '', finishReason: reply?.finishReason ?? 'stop' };
  };
}

describe('what real models replied', () => {
  it.each(fixtures)('leads to the outcome that is written down beside it: $name', async ({ name }) => {
    const { workflow, input, replies } = fixtureSchema.parse(JSON.parse(readFileSync(join(folder, name, 'fixture.json'), 'utf8')));
    const { engine } = await teamOnFake({
      server: { reply: replyFrom(replies), contextTokens: 32_768 },
      settings: { max_concurrent_agents: 1 },
    });
    const { status, tasks } = await engine.executeWorkflow(workflow, input.requirement, { files: input.files });
    const outcome = {
      status,
      tasks: Object.values(tasks).map(({ task_id: task, status: ended, result }) => ({
        task,
        status: ended,
        files: result?.files_created.map(({ path, bytes, check }) =>
          `${path} ${bytes} ${check === null ? '' : `${check.found} findings`}`.trim(),
        ),
        refused: result?.files_refused.map(({ name: refused, code }) => `${refused} ${code}`),
      })),
    };
    // After a change that is meant: vitest run test/eval/real-replies.test.ts -u
    await expect(`${JSON.stringify(outcome, null, 2)}\n`).toMatchFileSnapshot(join(folder, name, 'outcome.json'));
  });
});
