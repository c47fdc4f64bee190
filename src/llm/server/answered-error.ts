import type { ServerAnswer } from './server-answer.ts';

/** A server answered, and not with what was asked for. */
export class AnsweredError extends Error {
  readonly answer: ServerAnswer;

  constructor(answer: ServerAnswer) {
    super(answer.said);
    this.answer = answer;
  }
}
