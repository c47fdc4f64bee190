import type { AnswerType } from '../../events/decision-events.ts';
import { answerWords } from '../../orchestrator/decisions/read-answer.ts';
import { printable, printableLine, shorten } from '../../utils/printable.ts';
import { shellWord } from '../own-command.ts';

/** What is asked, as an event or a result tells it. */
export interface Asked {
  task: string;
  wants: 'approval' | 'answer';
  ask: string;
  answer?: AnswerType | null | undefined;
  shown: readonly { path: string; sha256?: string | null | undefined }[];
}

const mostPaths = 8;
/** How many characters of what is asked are shown. `whole`: whoever decides has read it, unless a model has filled it with a book. */
const longestAsk = { short: 500, whole: 10_000 };

/** A question in a few lines: what is asked, and which files are shown. Not yet safe to print. */
export function askedLines({ wants, ask, answer, shown }: Asked, detail: keyof typeof longestAsk = 'short'): string[] {
  const type = wants === 'answer' && answer !== undefined && answer !== null && answer !== 'text' ? ` (${answerWords(answer)})` : '';
  const names = shown.slice(0, mostPaths).map(({ path, sha256 }) => ((sha256 ?? null) === null ? `${path} (removed)` : path));
  const more = shown.length > mostPaths ? ` and ${shown.length - mostPaths} more` : '';
  return [
    `asks: ${shorten(ask.replaceAll(/\s+/g, ' ').trim(), longestAsk[detail])}${type}`,
    ...(names.length === 0 ? [] : [`shows ${names.join(', ')}${more}`]),
  ];
}

/** The name of a task as it can be typed: a journal from elsewhere may hold any name. */
function typed(task: string): string {
  return shellWord(printableLine(task));
}

/** What to type to decide, one command per line, with a word before it that says what it does. @param place What follows every command, such as ` --workspace x`. */
export function decideLines(run: string, { task, wants, shown }: Pick<Asked, 'task' | 'wants' | 'shown'>, place = ''): string[] {
  if (wants === 'answer') return [`  Answer   multiagent answer ${run} ${typed(task)} "<answer>"${place}`];
  return [
    ...(shown.length > 0 ? [`  Look     multiagent show ${run}${place}`] : []),
    `  Approve  multiagent approve ${run} ${typed(task)}${place}`,
    `  Reject   multiagent reject ${run} ${typed(task)} --comment "<what to change>"${place}`,
  ];
}

/** The same in one sentence. */
export function decideSentence(run: string, { task, wants }: Pick<Asked, 'task' | 'wants'>): string {
  if (wants === 'answer') return `answer it with: multiagent answer ${run} ${typed(task)} "<answer>"`;
  return `decide it with: multiagent approve ${run} ${typed(task)} (or reject, with --comment)`;
}

const mostDiffLines = 200;

/** The diff of a question, for a terminal: safe to print, and not longer than a person reads. */
export function diffLines({ diff, leftOut }: { diff: string; leftOut: number }, run: string): string[] {
  const lines = printable(diff).trimEnd().split('\n');
  if (diff.trim() === '') return [];
  const left = Math.max(0, lines.length - mostDiffLines) + leftOut;
  const more = left === 0 ? [] : [`… ${left} more lines: multiagent diff ${run}`];
  return [...lines.slice(0, mostDiffLines), ...more];
}
