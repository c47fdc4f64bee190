import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { CrashScene } from './crash-scene.ts';
import type { Moment } from './moment.ts';

const project = { 'total.py': 'def total(lines):\n    return len(lines)\n' };
const file = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n`;
const mended = file('total.py', 'def total(lines):\n    return sum(lines)\n');
const blind = file('total.py', 'total = 0\n');

/** The fix begins with a question, or with a file that it has not seen, until it is shown the file. */
const replyTo =
  (first: string) =>
  ({ taskType, body }: RequestRecord): string => {
    const messages = body['messages'] as { content: string }[];
    if (taskType === 'bug_fix') return messages.at(-1)?.content.includes('return len(lines)') === true ? mended : first;
    if (taskType === 'regression_testing') return file('test_total.py', 'def test_total():\n    assert True\n');
    return taskType === 'release_notes' ? '```markdown:NOTES.md\n# Mended\n```\n' : 'The total counts the lines, and does not add them.';
  };

/** Kills a run, takes the file out of the project, and resumes the run. */
async function killedRun(moment: Moment, first: string) {
  await using scene = await CrashScene.open({ project, reply: replyTo(first) });
  const writer = scene.start({ moment });
  const run = await writer.begun;
  expect((await writer.ended).signal, 'the moment comes').toBe('SIGKILL');
  rmSync(join(scene.workspace, 'total.py'));
  const result = await scene.resume(run);
  const { state } = await scene.snapshot(run);
  const asked = scene.server.requests.filter(({ taskType }) => taskType === 'bug_fix');
  return { asked, result, state };
}

describe.concurrent('a run that is killed where the model was shown a file, and resumed where that file is gone', () => {
  it.each<[string, string, Moment, number]>([
    ['shows what it had read', 'READ: total.py', { before: 'activity.started', number: 4 }, 2],
    ['asks again only what had not been answered', 'READ: total.py', { before: 'activity.completed', number: 4 }, 3],
    ['goes on behind the reply', 'READ: total.py', { before: 'artifact.written', number: 2 }, 2],
    ['does not take the reply over that replaced it unseen', blind, { before: 'activity.started', number: 4 }, 2],
    ['nor once the file was written', blind, { before: 'task.completed', number: 2 }, 2],
  ])('%s', async (_, first, moment, requests) => {
    const { asked, result, state } = await killedRun(moment, first);
    expect(result).toMatchObject({ error: null, status: 'completed' });
    expect(asked.length).toBe(requests);
    const activities = state.tasks.get('bug_fix')?.activities ?? [];
    expect(activities.map(({ kind, status }) => [kind, status])).toEqual([
      ['reply', 'completed'],
      ['read', 'completed'],
      ['reply', 'completed'],
    ]);
    const written = state.artifacts.filter(({ path }) => path === 'total.py');
    expect(new Set(written.map(({ bytes }) => bytes))).toEqual(new Set(['def total(lines):\n    return sum(lines)\n'.length]));
    expect(state.refusals.map(({ code }) => code)).toEqual(first === blind ? ['unseen'] : []);
  });
});
