import type { AskOptions } from '../../agents/task-session.ts';
import type { ReplyPlan } from '../../llm/reply/reply-plan.ts';
import type { RunContext } from '../run-context.ts';

/** In a small context a task is given the least that makes sense, in which hardly a file has room: the length of files is planned as this many at least. */
const shortestFiles = 1024;

/** How long the replies of a task are to be, and what may make one longer. */
export function replyPlanOf(
  { journal, files }: Pick<RunContext, 'journal' | 'files'>,
  task: string,
  { plannedTokens = Infinity, holds }: Pick<AskOptions, 'plannedTokens' | 'holds'> = {},
): ReplyPlan {
  const { replyCaps, tasks } = journal.state;
  const least = Math.min(plannedTokens, replyCaps[task] ?? Infinity);
  const tokens = Number.isFinite(least) ? least : undefined;
  if ((holds ?? tasks.get(task)?.expects) !== 'files') return { kind: 'text', tokens };
  const isInFile = (text: string) => files.parseCodeBlocks(text).some(({ closed, range }) => !closed && range[1] === text.length);
  return { kind: 'files', tokens: tokens === undefined || tokens === plannedTokens ? tokens : Math.max(shortestFiles, tokens), isInFile };
}
