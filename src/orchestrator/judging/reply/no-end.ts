import { incompleteReply } from './incomplete-reply.ts';
import type { Checker } from '../../../agents/loop/finding.ts';
import type { ReplyToCheck } from './reply-to-check.ts';

/** A reply without an end of its own. A text that was ended where it began to repeat itself, or at its planned length, is worth what stands in it; half a file is worth nothing. */
export const noEnd: Checker<ReplyToCheck> = ({ step: { task }, reply, kept }) => {
  const { finishReason } = reply;
  const isText = task.expects === 'text' || (task.orText === true && kept.kind === 'text');
  const isTaken = finishReason === 'stop' || (isText && (finishReason === 'repetition' || finishReason === 'planned_length'));
  if (isTaken) return [];
  const { code, message, hint } = incompleteReply(reply);
  return [{ code, message, hint, remedy: 'none' }];
};
