import { signaturesOf } from '../../files/fragments/signatures-of.ts';
import { renderFiles } from '../../llm/transcript.ts';
import { renderOutline } from '../working-set/render-working-set.ts';
import type { ActivityCompleted, ActivityStarted } from '../../events/activities/activity-kinds.ts';
import { shownName } from '../../utils/printable.ts';
import { performActivity } from '../activities/perform-activity.ts';
import type { TaskConversation } from '../conversation/task-conversation.ts';
import type { StepOptions } from '../step-kind.ts';
import { mostAsked } from './asked-paths.ts';
import { type AskedFile, findAsked } from './find-asked.ts';
import { readBefore } from './read-before.ts';

export type ReadResult = Pick<ActivityCompleted<'read'>, 'files'> & {
  /** Shows what was found, and says of the rest why it is not shown. Ends with an empty line. */
  text: string;
};

export interface ShowFilesOptions {
  step: StepOptions;
  conversation: Pick<TaskConversation, 'between' | 'room'>;
  paths: readonly string[];
  why: ActivityStarted<'read'>['why'];
  /** How many tokens they may have. Default: what is left beside all that was said. */
  room?: number | undefined;
}

/** Where nobody knows how much fits. */
const usualRoom = 8000;
/** What stands around each file, and around all. */
const aroundFile = 20;

type Shown = ReadResult['files'][number];

/**
 * Reads files for the model, and records that: a task that was cut off is answered from the journal. No file is shown in part; one that does not fit is shown by
 * its signatures.
 */
export async function showFiles({ step, conversation, paths, why, room }: ShowFilesOptions): Promise<ReadResult> {
  const { run, task, assignment } = step;
  return conversation.between(async (activity) => {
    const result = await performActivity({
      task,
      activity,
      record: assignment.record,
      kind: 'read',
      started: { paths: [...paths], why },
      work: async () => {
        const { files, text } = await read(step, { activity, paths, why, room: room ?? conversation.room() ?? usualRoom });
        return { files, rendered: await run.keepContent(Buffer.from(text)) };
      },
    });
    const text = await run.contentOf(result.rendered);
    return { files: result.files, text: Buffer.from(text ?? '').toString('utf8') };
  });
}

async function read(
  { run, task }: StepOptions,
  { activity, paths, why, room }: Pick<ShowFilesOptions, 'paths' | 'why'> & { activity: string; room: number },
): Promise<ReadResult> {
  const { estimate } = run.modelOf(task);
  // What asks for one file at a time shows nothing of what was said before.
  const reads = why === 'assigned' ? [] : readBefore(run.journal.state, task.task, activity);
  const before = new Set(
    reads.flatMap(({ why: before, result }) =>
      (result?.files ?? []).flatMap(({ path, shown, sha256 }) =>
        // What a file defines was shown in its place unasked: there may be room for all of it now.
        shown === 'whole' || (shown === 'outline' && before !== 'standing') ? [`${path}\n${sha256}`] : [],
      ),
    ),
  );
  const files: Shown[] = [];
  const parts: string[] = [];
  const sentences: string[] = [];
  let left = room;
  for (const asked of paths.slice(0, mostAsked)) {
    const found = await findAsked(run, asked);
    const note = (sentence: string, shown: Omit<Shown, 'path'>) => {
      sentences.push(`- ${sentence}`);
      files.push({ path: found.path, ...shown });
    };
    if (found.kind === 'refused') {
      note(found.sentence, { shown: 'not' });
      continue;
    }
    const { path, sha256, changed } = found;
    if (files.some((file) => file.path === path)) continue;
    const name = shownName(path);
    if (before.has(`${path}\n${sha256}`)) {
      note(`\`${name}\` was shown to you before, and nothing has changed in it.`, { shown: 'not', sha256 });
      continue;
    }
    if (changed) sentences.push(`- \`${name}\` was changed while this run was going on: this is how it is now.`);
    const rendered = renderFiles([{ path, content: found.text }]);
    const tokens = estimate.ofText(rendered) + aroundFile;
    if (tokens <= left) {
      left -= tokens;
      parts.push(rendered);
      files.push({ path, shown: 'whole', sha256, ...(changed ? { changed } : {}) });
      continue;
    }
    const outline = await outlineOf(found);
    const outlineTokens = estimate.ofText(outline) + aroundFile;
    const tooLong = `\`${name}\` is too long to be shown whole here (about ${tokens} tokens, and there is room for ${left})`;
    if (outline === '' || outlineTokens > left) {
      note(`${tooLong}.`, { shown: 'not', sha256 });
      continue;
    }
    left -= outlineTokens;
    parts.push(outline);
    note(`${tooLong}: above stands only what it defines.`, { shown: 'outline', sha256, ...(changed ? { changed } : {}) });
  }
  if (paths.length > mostAsked) sentences.push(`- You asked for ${paths.length} files; at most ${mostAsked} are shown at once.`);
  return { files, text: [...parts, ...(sentences.length === 0 ? [] : [`${sentences.join('\n')}\n\n`])].join('') };
}

async function outlineOf({ path, text }: Extract<AskedFile, { kind: 'file' }>): Promise<string> {
  const signatures = await signaturesOf({ path, content: text });
  return signatures.length === 0 ? '' : renderOutline({ path, signatures });
}
