import { AnsweredError } from '../server/server-answer.ts';

/** Whether an error is what a server answered, so that it has not begun a reply: providers take nothing for that. The error itself may be behind others. */
export function wasAnswered(error: unknown): boolean {
  let cause = error;
  for (let depth = 0; depth < 8 && cause instanceof Error; depth += 1) {
    if (cause instanceof AnsweredError) return true;
    cause = cause.cause;
  }
  return false;
}
