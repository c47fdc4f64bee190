import type { ReplyUpdate, WriteReplyOptions } from '../../src/llm/reply/reply-options.ts';
import { writeReply, type Reply } from '../../src/llm/reply/write-reply.ts';
import { instantClock } from '../support/instant-clock.ts';
import { message, question } from './model-on-fake.ts';

export interface Written {
  reply: Reply | undefined;
  error: unknown;
  updates: ReplyUpdate[];
  /** What `onUpdate` saw, joined. */
  text: string;
  /** The waits that were asked of the clock, in milliseconds. */
  slept: number[];
}

/** Writes a reply to the question, and keeps all that was told on the way. */
export async function write(options: Pick<WriteReplyOptions, 'model'> & Partial<WriteReplyOptions>): Promise<Written> {
  const clock = instantClock();
  const updates: ReplyUpdate[] = [];
  let reply: Reply | undefined;
  let error: unknown;
  try {
    reply = await writeReply({
      messagesFor: (saved) => (saved === '' ? question : [...question, message('assistant', saved)]),
      sampling: {},
      retries: 2,
      retryDelayMilliseconds: 1,
      clock,
      ...options,
      onUpdate: async (update) => {
        updates.push(update);
        await options.onUpdate?.(update);
      },
    });
  } catch (caught) {
    error = caught;
  }
  const text = updates.map((update) => (update.type === 'text' ? update.text : '')).join('');
  return { reply, error, updates, text, slept: clock.slept };
}
