import type { DecisionRecord } from '../../state/run/run-state.ts';

/** Who decided what, as a sentence. It may hold any characters. */
export function decisionSentence({
  decision,
  by,
  answer,
  comment,
}: Pick<DecisionRecord, 'decision' | 'by' | 'answer' | 'comment'>): string {
  const said = comment === undefined ? '' : `: ${comment}`;
  if (by === 'timeout') return `Nobody decided in time, so that it ${withoutPeople[decision](answer)}.`;
  const sentence = decision === 'answered' ? `${by} answered ${JSON.stringify(answer)}${said}` : `${by} ${decision} it${said}`;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

const withoutPeople: Record<DecisionRecord['decision'], (answer: unknown) => string> = {
  approved: () => 'counts as approved',
  rejected: () => 'counts as rejected',
  answered: (answer) => `was answered with the default, ${JSON.stringify(answer)}`,
  escalated: () => 'is asked by another step',
};
