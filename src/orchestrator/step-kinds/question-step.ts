import { z } from 'zod';
import { answerSchema, answerTypeSchema } from '../../events/decision-events.ts';
import { answerWords, readAnswer } from '../decisions/read-answer.ts';
import { turnOfDecision } from '../decisions/turn-of-decision.ts';
import type { BuiltInStepKind } from '../step-kind.ts';
import { askedTextSchema, untilOf } from './asking-options.ts';

const options = z
  .object({
    ask: askedTextSchema,
    answer: answerTypeSchema.default('text'),
    /** The answer if nobody gives one in time, and what a person in a terminal can take over. */
    default: answerSchema.optional(),
  })
  .refine((given) => given.default === undefined || readAnswer(given.default, given.answer) !== undefined, {
    error: 'expected a default that is an answer of the type that is asked for',
    path: ['default'],
  });

/** Asks a person. The answer is typed, and part of what later steps see. The step waits for it without holding anything, through restarts. */
export const questionStep: BuiltInStepKind<typeof options> = {
  name: 'question',
  options,
  timeout: 'own',
  describe: ({ ask }) => ask,
  needs: () => ({ model: false }),
  async execute({ options: { ask, answer, default: preset }, task, woken, now, record }) {
    const { question } = task;
    if (question === undefined) {
      const until = untilOf(task, now);
      const given = preset === undefined ? {} : { default: readAnswer(preset, answer) };
      const asks = {
        round: 1,
        wants: 'answer' as const,
        ask,
        answer,
        ...given,
        shown: [],
        diff: '',
        leftOut: 0,
        against: 'project' as const,
      };
      return { status: 'waiting', reason: 'answer', until, asks: until === undefined ? asks : { ...asks, until } };
    }
    if (question.decided === undefined && woken?.by !== 'time') return { status: 'waiting', reason: 'answer', until: question.until };
    if (question.decided === undefined) {
      const { default: late } = question;
      if (late === undefined) {
        const message = `Nobody answered in time. It was asked for ${answerWords(answer)}: ${ask}`;
        const hint = 'Retry the step to ask again, or give the step a default.';
        return { status: 'failed', error: { code: 'question.unanswered', message, hint }, again: 'never' };
      }
      const decided = { decision: 'answered' as const, answer: late, by: 'timeout', asked: question.sequence, shown: [] };
      await record([{ type: 'task.decided', data: { task: task.task, ...decided } }]);
    }
    const { answer: given, by, comment } = task.question!.decided!;
    const outputs = { decision: 'answered', output: given, by, ...(comment === undefined ? {} : { comment }) };
    return { status: 'completed', outputs, turn: turnOfDecision(ask, task.question!.decided!) };
  },
};
