import { unwrapText } from '../../../files/unwrap-text.ts';
import type { Checker } from '../../../agents/loop/finding.ts';
import { emptyText, judgeText } from '../judge-text.ts';
import type { ReplyToCheck } from './reply-to-check.ts';

/** A text that says nothing of its own. */
export const noSubstance: Checker<ReplyToCheck> = ({ step: { task }, material, message, reply, kept }) => {
  // A reply that may be either is a text where it holds no files.
  if (task.expects !== 'text' && !(task.orText === true && kept.kind === 'text')) return [];
  const text = unwrapText(reply.text);
  const earlier = material.documentsLike(text);
  const verdict = judgeText({ text, message, requirement: material.requirement, earlier });
  if (verdict.kind === 'substance') return [];
  const correction =
    verdict.why === emptyText
      ? 'Your last reply was empty. Write the text of this step now.'
      : `This does not serve: ${verdict.why}. Write the text of this step now.`;
  return [{ code: 'reply.empty', message: verdict.why, remedy: 'correct', correction }];
};
