import { expect, it } from 'vitest';
import type { Usage } from '../../../src/events/usage.ts';
import { textMessage } from '../../../src/llm/chat/chat-message-text.ts';
import type { ChatModel } from '../../../src/llm/chat-model.ts';
import { checkForking } from '../../../src/operations/doctor/check-forking.ts';
import type { ModelConnection } from '../../../src/llm/model-connection.ts';

/** A server with two slots that it says it copies; each branch then costs what is given for it. */
function findings(...usages: [Usage, Usage]) {
  const left = [...usages];
  const model: ChatModel = {
    name: 'm',
    capabilities: { countsTokens: true, continuesReplies: true },
    async *stream() {
      yield { type: 'end', finishReason: 'stop', usage: left.shift() ?? {} };
    },
    countTokens: () => Promise.resolve(undefined),
    prepare: () => Promise.resolve({ usage: {}, copies: 'kept' }),
  };
  const connection = {
    server: { engine: 'server', slots: 2 },
    slots: { canFork: () => Promise.resolve(true) },
    model: () => model,
  } as unknown as ModelConnection;
  return checkForking({ connection, beginning: [textMessage('user', 'Hello.'), textMessage('assistant', 'Hello.')], ownTokens: 20 });
}

it('branches that read no more than their own message share what they begin with', async () => {
  expect(await findings({ readTokens: 20 }, { readTokens: 7 })).toEqual([
    { check: 'forking', state: 'ok', message: 'two branches read 20 and 7 tokens: what they share was copied' },
  ]);
});

it.each<[string, Usage, Usage]>([
  ['one of them reads more', { readTokens: 20 }, { readTokens: 21 }],
  ['one of them does not tell what it read', { readTokens: 20 }, {}],
  ['neither tells what it read', {}, { cachedTokens: 400 }],
])('nothing is taken to be copied where %s', async (_, first, second) => {
  expect(await findings(first, second)).toMatchObject([
    { state: 'warning', message: expect.stringContaining('a slot that was copied holds nothing') as string },
  ]);
});
