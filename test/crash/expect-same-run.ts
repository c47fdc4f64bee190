import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import type { WorkflowResult } from '../../src/orchestrator/results/run-result.ts';
import { isReply } from '../../src/state/run/activities-of.ts';
import type { ReplyRecord } from '../../src/state/run/run-state.ts';
import { CrashScene, type Snapshot } from './crash-scene.ts';
import { crashReply } from './crash-replies.ts';

/** What a run leaves, without what may differ between two runs of the same: ids, times and what was counted. */
export interface Outcome {
  files: Record<string, string>;
  result: unknown;
  /** Hand-overs as `task → task`. */
  messages: string[];
  events: number;
}

/** What a run leaves that nobody disturbs. */
export async function undisturbedOutcome(): Promise<Outcome> {
  await using scene = await CrashScene.open();
  const writer = scene.start();
  const run = await writer.begun;
  expect((await writer.ended).lines.at(-1)).toBe('completed');
  return outcomeOf(scene, run);
}

/**
 * Holds a run that was cut off and gone on with to what an undisturbed one left. `cuts`: what was known at each cut; nothing that was known then may
 * have been asked for or generated again.
 */
export async function expectSameRun(scene: CrashScene, run: string, cuts: Snapshot[], expected: Outcome): Promise<void> {
  const { events: _, ...outcome } = await outcomeOf(scene, run);
  const { events: __, ...wanted } = expected;
  expect(outcome).toEqual(wanted);
  for (const [index, cut] of cuts.entries()) {
    const until = cuts[index + 1]?.requests;
    for (const activity of [...cut.state.activities.values()].filter(isReply))
      expectNothingTwice(activity, scene.server.requests.slice(cut.requests, until));
  }
  for (const { taskType, prefill = '', replyText } of scene.server.requests)
    expect(crashReply({ taskType }).startsWith(prefill + replyText)).toBe(true);
  const output = join(scene.workspace, 'output');
  expect(existsSync(join(output, 'generated', 'latest'))).toBe(true);
  const halfWritten = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'));
  expect(halfWritten, 'files that are not whole').toEqual([]);
}

function expectNothingTwice(activity: ReplyRecord, requests: CrashScene['server']['requests']): void {
  const [again, ...more] = requests.filter(({ taskType }) => taskType === activity.task);
  const whole = activity.status === 'completed' || activity.calls.at(-1)?.finishReason === 'stop';
  if (whole) expect(again, `${activity.activity} was complete`).toBeUndefined();
  else if (again !== undefined) expect(again.prefill ?? '', `what was saved of ${activity.activity}`).toBe(activity.text);
  expect(more, `${activity.activity} is asked for once`).toEqual([]);
}

async function outcomeOf(scene: CrashScene, run: string): Promise<Outcome> {
  const output = join(scene.workspace, 'output');
  const { state } = await scene.snapshot(run);
  const result = JSON.parse(readFileSync(join(output, `workflow_bug_fix_${run}.json`), 'utf8')) as WorkflowResult;
  expect(existsSync(join(output, `workflow_summary_${run}.md`))).toBe(true);
  expectSoundDatabase(scene.journal);
  return {
    files: filesIn(join(output, 'generated', run)),
    result: {
      status: result.status,
      error: result.error,
      collisions: result.collisions,
      tasks: Object.values(result.tasks).map(({ task_id, status, attempts, error, result: delivered }) => ({
        task_id,
        status,
        attempts,
        error,
        created: delivered?.files_created,
        refused: delivered?.files_refused,
      })),
    },
    messages: state.messages.map(({ content }) => `${String(content['task'])} → ${String(content['for'])}`),
    events: state.lastSequence,
  };
}

export function expectSoundDatabase(path: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  } finally {
    database.close();
  }
}

/** Every file below a folder with its content, also hidden ones. */
export function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(files.map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]));
}
