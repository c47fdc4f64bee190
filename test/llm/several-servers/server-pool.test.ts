import { describe, expect, it } from 'vitest';
import { PooledChatModel } from '../../../src/llm/several-servers/pooled-chat-model.ts';
import type { PooledServer } from '../../../src/llm/several-servers/pooled-server.ts';
import { ServerPool } from '../../../src/llm/several-servers/server-pool.ts';
import type { ChatModel, ChatStreamPart } from '../../../src/llm/chat-model.ts';
import { ModelError } from '../../../src/llm/model-error.ts';
import { message, question } from '../model-on-fake.ts';

interface Member {
  address: string;
  slots?: number;
  busy?: number;
  held?: number;
  parts?: ChatStreamPart[];
}

/** What a pool sees of a server, and the signs that it was told of. */
function member({ address, slots, busy = 0, held = 0, parts = [] }: Member) {
  const signs: string[] = [];
  const model: Partial<ChatModel> = {
    async *stream() {
      yield* parts;
      throw new ModelError({ kind: 'transient', code: 'server.lost', message: 'lost' });
    },
  };
  const server = {
    address,
    state: 'up',
    failures: 0,
    model: () => model,
    candidate: () => ({ weight: 1, state: 'up', slots, busy, held }),
    answers: async () => true,
    failed: () => undefined,
    begin: () => ({ succeeded: () => signs.push('succeeded'), end: (reply: string) => signs.push(`end ${reply}`) }),
  } as unknown as PooledServer;
  return { server, signs };
}

const poolOf = (...members: Member[]) => new ServerPool({ servers: members.map((one) => member(one).server), random: () => 0 });

describe('where branches of a conversation go together', () => {
  it('is the server with most slots that are free now, not with most slots', () => {
    const pool = poolOf({ address: 'large', slots: 4, busy: 3 }, { address: 'small', slots: 2 });
    expect(pool.home('m', question, 3)?.address).toBe('small');
  });

  it('is nowhere where the slots are taken', () => {
    expect(poolOf({ address: 'large', slots: 4, busy: 3 }).home('m', question, 2)).toBeUndefined();
  });
});

describe('a sign of life', () => {
  it.each<[string, ChatStreamPart[], string[]]>([
    ['is a thought', [{ type: 'reasoning', text: 'Hm.' }], ['succeeded', 'end ']],
    ['is a word', [{ type: 'text', text: 'Yes' }], ['succeeded', 'end Yes']],
    ['is not that a prompt is read', [{ type: 'prompt_progress', processed: 1, total: 2, cached: 0 }], ['end ']],
    [
      'keeps no thoughts for words',
      [{ type: 'text', text: 'Hm' }, { type: 'thoughts_ended' }, { type: 'text', text: 'Yes' }],
      ['succeeded', 'succeeded', 'end Yes'],
    ],
  ])('%s', async (_, parts, expected) => {
    const { server, signs } = member({ address: 'http://127.0.0.1:1/v1', parts });
    const model = new PooledChatModel('m', new ServerPool({ servers: [server], random: () => 0 }));
    await expect(async () => {
      for await (const part of model.stream({ messages: [message('user', 'x')] })) void part;
    }).rejects.toThrow('lost');
    expect(signs).toEqual(expected);
  });
});
