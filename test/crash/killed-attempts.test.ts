import { describe, expect, it } from 'vitest';
import { standingFiles } from '../../src/orchestrator/artifacts/standing-files.ts';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { CrashScene } from './crash-scene.ts';
import type { Moment } from './moment.ts';

const file = (path: string, content: string) => `\`\`\`javascript:${path}\n${content}\n\`\`\`\n`;

const right = file('total.js', 'exports.total = (lines) => lines.reduce((sum, line) => sum + line, 0);');
const wrong = file('total.js', 'exports.total = (lines) => lines.length;');
const tests = file(
  'total.test.js',
  "const { test } = require('node:test');\nconst { total } = require('./total.js');\ntest('adds', () => {\n  if (total([1, 2]) !== 3) throw new Error('not added');\n});",
);

/** A program that only a further attempt gets right. What is asked with a seed is one; of repairs nothing comes. */
function replyToTeam({ taskType, body }: RequestRecord): string {
  const messages = body['messages'] as { content: string }[];
  if (messages.at(-1)?.content.includes('The first failure:')) return 'The tests are right.';
  if (taskType === 'bug_fix') return isAttempt(body) ? right : wrong;
  if (taskType === 'regression_testing') return tests;
  return taskType === 'release_notes' ? file('NOTES.md', '# Mended') : 'The total counts the lines, and does not add them.';
}

const isAttempt = (body: RequestRecord['body']) => body['seed'] !== undefined;

/** Repairs of the program add a file, which goes before the attempt. */
function replyWithHelper(request: RequestRecord): string {
  const messages = request.body['messages'] as { content: string }[];
  const isRepair = messages.at(-1)?.content.includes('The first failure:') === true;
  return isRepair ? `${wrong}\n${file('helper.js', 'exports.helper = 1;')}` : replyToTeam(request);
}

async function killedRun(moment: Moment, reply: (request: RequestRecord) => string = replyToTeam) {
  await using scene = await CrashScene.open({ settings: { verify: 'auto', sandbox: 'off', task_attempts: 2 }, reply });
  const writer = scene.start({ moment });
  const run = await writer.begun;
  expect((await writer.ended).signal, 'the moment comes').toBe('SIGKILL');
  const attempts = () => scene.server.requests.filter(({ body, taskType }) => taskType === 'bug_fix' && isAttempt(body)).length;
  const before = attempts();
  const result = await scene.resume(run);
  return { before, after: attempts(), result, state: (await scene.snapshot(run)).state };
}

// The seventh reply is the attempt: after three steps, their check, a repair of the program and one of the tests that change nothing.
describe.concurrent('a further attempt of a run that is killed and resumed', () => {
  it.each<[string, Moment, number]>([
    ['is not asked for again where its reply is in the journal', { before: 'activity.completed', number: 8 }, 1],
    ['goes on where its reply was cut off', { before: 'call.ended', number: 6 }, 2],
    ['is asked for once where it had not begun', { before: 'activity.started', number: 7 }, 1],
    ['is asked for once where the files before it had just come back', { before: 'task.added', number: 7 }, 1],
  ])('%s', async (_, moment, requests) => {
    const { after, result, state } = await killedRun(moment);
    expect(after).toBe(requests);
    expect(result).toMatchObject({ error: null, status: 'completed', verification: { outcome: 'passed' } });
    expect([...state.tasks.values()].filter(({ kind }) => kind === 'repair')).toHaveLength(3);
  });

  it('begins without the file that a repair has added, where that had just gone', async () => {
    const { result, state } = await killedRun({ before: 'artifact.removed', number: 1 }, replyWithHelper);
    expect(result).toMatchObject({ error: null, verification: { outcome: 'passed' } });
    expect(standingFiles(state).map(({ path }) => path)).not.toContain('helper.js');
  });
});
