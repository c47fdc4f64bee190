import { expect, it } from 'vitest';
import { textMessage } from '../../../src/llm/chat/chat-message-text.ts';
import { PromptEstimate } from '../../../src/llm/budget/estimate-tokens.ts';
import { ReplyBudget, type ReplyRoomOptions } from '../../../src/orchestrator/conversation/reply-budget.ts';

const prompt = 'word '.repeat(600);

function budgetOn(countsTokens: boolean) {
  const estimate = new PromptEstimate();
  const counted: string[] = [];
  const options = {
    run: { journal: { state: { replyCaps: { design: 500 }, epoch: { number: 0 } } } },
    role: {
      contextTokens: 32_768,
      estimate,
      model: {
        capabilities: { countsTokens, continuesReplies: true },
        countTokens: async () => {
          counted.push('asked');
          return countsTokens ? 600 : undefined;
        },
      },
    },
    assignment: { task: 'design' },
    turns: [],
    messagesFor: () => [textMessage('user', prompt)],
    signal: new AbortController().signal,
  } as unknown as ReplyRoomOptions;
  return { budget: new ReplyBudget(options), estimate, counted };
}

it('a prompt that surely fits is not counted, but teaches the estimate where the server cannot count', async () => {
  const { budget, estimate, counted } = budgetOn(false);
  const before = estimate.ofText(prompt);
  expect(await budget.capFor('')).toBe(500);
  budget.learn(600);
  expect(counted).toEqual([]);
  expect([before, estimate.ofText(prompt)]).toEqual([1000, 608]);
});

it('a prompt that surely fits teaches nothing where the server counts each prompt that may not fit', async () => {
  const { budget, estimate, counted } = budgetOn(true);
  expect(await budget.capFor('')).toBe(500);
  budget.learn(600);
  expect(counted).toEqual([]);
  expect(estimate.ofText(prompt)).toBe(1000);
});
