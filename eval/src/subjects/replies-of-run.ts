import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import { sumUsage } from '../../../src/events/sum-usage.ts';
import type { Usage } from '../../../src/events/usage.ts';
import type { ReplyRecord } from '../results/result-schema.ts';
import { fileName } from '../results/results-folder.ts';
import { eventsOf } from './read-events.ts';

/** Writes every reply of a run, and what was asked, into `replies/` of a folder; also what had arrived of one that was broken off. */
export async function keepReplies(events: readonly JournalEvent[], folder: string): Promise<ReplyRecord[]> {
  await mkdir(join(folder, 'replies'), { recursive: true });
  const caps = eventsOf(events, 'run.budgeted').at(-1)?.replyCaps ?? {};
  const kept: ReplyRecord[] = [];
  const started = eventsOf(events, 'activity.started').flatMap((event) => ('message' in event ? [event] : []));
  for (const [index, { activity, task, message, replyCap }] of started.entries()) {
    const begin = `${String(index + 1).padStart(2, '0')}-${fileName(activity.replaceAll('/', '-'))}`;
    const file = join('replies', `${begin}.txt`);
    const { text, ended } = endOf(events, activity);
    await writeFile(join(folder, 'replies', `${begin}-request.txt`), message);
    await writeFile(join(folder, file), text);
    const written = usageOf(events, activity).replyTokens ?? null;
    kept.push({ name: activity, file, written, planned: replyCap ?? caps[task] ?? null, ended });
  }
  return kept;
}

function endOf(events: readonly JournalEvent[], activity: string): { text: string; ended: string } {
  const completed = eventsOf(events, 'activity.completed').findLast((event) => event.activity === activity);
  if (completed !== undefined && 'text' in completed) return { text: completed.text, ended: completed.finishReason };
  const failed = eventsOf(events, 'activity.failed').findLast((event) => event.activity === activity);
  if (failed !== undefined) return { text: failed.text ?? '', ended: failed.error.code ?? 'failed' };
  const pieces = eventsOf(events, 'reply.delta').filter((event) => event.activity === activity);
  return { text: pieces.map(({ text = '' }) => text).join(''), ended: 'broken off' };
}

function usageOf(events: readonly JournalEvent[], activity: string): Usage {
  const calls = eventsOf(events, 'call.ended').filter((event) => event.activity === activity);
  return calls.reduce<Usage>((sum, { usage }) => sumUsage(sum, usage ?? {}), {});
}
