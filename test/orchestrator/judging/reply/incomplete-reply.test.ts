import { expect, it } from 'vitest';
import { incompleteReply } from '../../../../src/orchestrator/judging/reply/incomplete-reply.ts';

it('a reply without an end of its own is incomplete, for a reason that is said, with what to do', () => {
  const reasons = (['length', 'planned_length', 'repetition'] as const).map((finishReason) => incompleteReply({ finishReason } as never));
  for (const error of reasons)
    expect(error).toMatchObject({
      code: 'reply.incomplete',
      message: expect.stringMatching(/, so it is not complete\. What arrived is kept\.$/),
      hint: expect.any(String),
    });
  expect(new Set(reasons.map(({ message }) => message)).size).toBe(reasons.length);
});
