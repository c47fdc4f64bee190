import { renderStanding } from '../../agents/plans/render-material.ts';
import type { AskOptions } from '../../agents/task-session.ts';
import type { ActivityCompleted } from '../../events/activities/activity-kinds.ts';
import { signaturesOf } from '../../files/fragments/signatures-of.ts';
import { textMessage } from '../../llm/chat/chat-message-text.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { performActivity } from '../activities/perform-activity.ts';
import { standingWork } from '../artifacts/standing-files.ts';
import type { TaskConversation } from '../conversation/task-conversation.ts';
import type { StepOptions } from '../step-kind.ts';
import { chooseWorkingSet, type SizedFile, workingSetBudget } from '../working-set/choose-working-set.ts';
import { needsOfFiles } from '../working-set/needs-of-files.ts';
import { renderName, renderOutline, renderWorkingSet, type StandingText, wordsAround } from '../working-set/render-working-set.ts';
import { mostAsked } from './asked-paths.ts';

export interface ShowStandingOptions {
  step: StepOptions;
  conversation: Pick<TaskConversation, 'between' | 'next' | 'room'>;
  /** In the order in which they were first written. */
  files: readonly StandingText[];
  /** `all`: nothing else shows them. `hidden`: earlier turns did, and do no longer. */
  of: 'all' | 'hidden';
  /** What else the message holds. */
  message: string;
  before?: AskOptions['before'];
  /** The file that the message asks for. */
  asked?: string | undefined;
  /** Whether the task may ask to be shown a file. */
  mayAsk: boolean;
}

type Shown = ActivityCompleted<'read'>['files'][number];

const askingSentence = `If you have to see a file that does not stand whole above or below, reply with nothing but a line \`READ: path/of/the/file\` for each, at most ${mostAsked}: you are shown them, and then go on with this step. Give no file anew of which you have not seen all.`;

/**
 * The part of a message that shows the run's files: all of them whole, as long as they fit their share. Otherwise those that the task changes stand whole, then
 * others as far as there is room, and the rest by what they define. What was chosen is recorded, and a task that goes on is shown the same.
 */
export async function showStanding(options: ShowStandingOptions): Promise<string> {
  const { step, conversation, files, of, message, before, mayAsk } = options;
  const { run, task, assignment } = step;
  const whole = of === 'all' ? renderStanding(files) : '';
  const earlier = run.journal.state.activities.get(conversation.next);
  const isBegun = earlier?.kind === 'read' && earlier.why === 'standing';
  // What stands in its place was done when nothing had to be chosen.
  if (!isBegun && (earlier !== undefined || files.length === 0)) return whole;
  const { contextTokens = Infinity } = run.modelOf(task);
  const room = conversation.room(message, { before }) ?? Infinity;
  // Not even the words have room: whatever is added makes the step fail.
  if (!isBegun && of === 'hidden' && mayAsk && run.modelOf(task).estimate.ofText(askingSentence) > room) return whole;
  if (!isBegun && of === 'all') {
    const tokensOf = await tokenCounter(step, files);
    if (tokensOf(whole) <= workingSetBudget({ contextTokens, room }).share) return whole;
  }
  return conversation.between(async (activity) => {
    const { rendered } = await performActivity({
      task,
      activity,
      record: assignment.record,
      kind: 'read',
      started: { paths: [], why: 'standing' },
      work: async () => {
        const { text, shown } = await choose(options, { contextTokens, room });
        return { files: shown, rendered: await run.keepContent(Buffer.from(text)) };
      },
    });
    return Buffer.from((await run.contentOf(rendered)) ?? '').toString('utf8');
  });
}

/**
 * Tells how many tokens a part of these files takes: by the server's own count of all of them, where as many tokens as they have bytes would be too many. Numbers
 * take more than an estimate says, and prose takes less.
 */
async function tokenCounter({ run, task, assignment }: StepOptions, files: readonly StandingText[]): Promise<(text: string) => number> {
  const { estimate, model, contextTokens = Infinity } = run.modelOf(task);
  const all = renderStanding(files);
  const isSmall = Buffer.byteLength(all) <= workingSetBudget({ contextTokens, room: Infinity }).share;
  const counted = isSmall ? undefined : await model.countTokens([textMessage('user', all)], { signal: assignment.signal });
  const density = counted === undefined ? 1 : counted / estimate.ofText(all);
  return (text) => Math.ceil(estimate.ofText(text) * density);
}

async function choose(
  { step, files: given, of, asked, mayAsk }: ShowStandingOptions,
  { contextTokens, room }: { contextTokens: number; room: number },
): Promise<{ text: string; shown: Shown[] }> {
  const { state } = step.run.journal;
  const needOf = needsOfFiles(state, step.task, { files: given, asked });
  // Of the others a digest has said what they define.
  const files = of === 'hidden' ? given.filter(({ path }) => needOf(path) === 0) : given;
  const tokensOf = await tokenCounter(step, files);
  const parts = new Map<string, { file: StandingText; outline: string | undefined; name: string }>();
  const sized: SizedFile[] = [];
  for (const file of files) {
    const { path } = file;
    const signatures = of === 'hidden' ? [] : await signaturesOf(file);
    const outline = signatures.length === 0 ? undefined : renderOutline({ path, signatures });
    const name = renderName(file);
    parts.set(path, { file, outline, name });
    sized.push({
      path,
      whole: tokensOf(renderStanding([file])),
      outline: outline === undefined ? undefined : tokensOf(outline),
      name: tokensOf(name),
      need: needOf(path),
    });
  }
  const asking = mayAsk ? askingSentence : '';
  const around = tokensOf(wordsAround(asking));
  const { share, room: most, outlines } = workingSetBudget({ contextTokens, room });
  const budget = { share: Math.max(0, share - around), room: Math.max(0, most - around), outlines };
  const set = chooseWorkingSet(sized, budget, mayAsk ? 'asked_for' : 'shown');
  const partsOf = (paths: readonly string[]) => paths.flatMap((path) => parts.get(path) ?? []);
  const text = renderWorkingSet({
    outlines: partsOf(set.outlined).flatMap(({ outline }) => outline ?? []),
    // In the digests of the replies that showed them they are named.
    names: of === 'hidden' ? [] : partsOf(set.named).map(({ name }) => name),
    unnamed: of === 'hidden' ? 0 : set.unnamed,
    whole: partsOf(set.whole).map(({ file }) => file),
    asking,
  });
  const hashes = new Map(standingWork(state).map(({ path, sha256 }) => [path, sha256]));
  const [whole, outlined] = [new Set(set.whole), new Set(set.outlined)];
  const shown = given.map(({ path, content }): Shown => {
    const sha256 = hashes.get(path) ?? hashContent(content);
    return { path, sha256, shown: whole.has(path) ? 'whole' : outlined.has(path) ? 'outline' : 'not' };
  });
  return { text, shown };
}
