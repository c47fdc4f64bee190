import { z } from 'zod';

/** How fast a server is with one request and with several at once, in tokens a second. */
export const parallelSpeedSchema = z.object({
  /** How many requests ran at once. */
  atOnce: z.number().int(),
  read: z.number().positive(),
  /** The speed of one request alone. */
  alone: z.number().positive(),
  /** The speed of all of them together. */
  together: z.number().positive(),
});

export type ParallelSpeed = z.infer<typeof parallelSpeedSchema>;

export interface Generation {
  /** Tokens of the prompt. */
  readTokens: number;
  readMilliseconds: number;
  writtenTokens: number;
}

export interface MeasureParallelOptions {
  /** Makes the server generate text from a prompt that it has never read. @throws the server's failure. */
  generate: (options: { promptTokens: number; replyTokens: number; signal: AbortSignal }) => Promise<Generation>;
  /** How many requests at once, at least two. */
  atOnce: number;
  now: () => number;
  signal: AbortSignal;
}

/** Enough tokens to tell the speeds on a slow machine. On a fast one it takes more, for about the same time, within these limits. */
const few = { prompt: 64, reply: 16 };
const most = 160;
const milliseconds = 600;

/**
 * Whether several short generations at once are faster than one after another. It takes about two seconds on a machine that writes twenty tokens in one.
 * @throws what `generate` throws.
 */
export async function measureParallel({ generate, atOnce, now, signal }: MeasureParallelOptions): Promise<ParallelSpeed | undefined> {
  const timed = async (count: number, replyTokens: number) => {
    const began = now();
    const done = await Promise.all(Array.from({ length: count }, () => generate({ promptTokens: 8, replyTokens, signal })));
    const seconds = Math.max(1, now() - began) / 1000;
    return done.reduce((sum, { writtenTokens }) => sum + writtenTokens, 0) / seconds;
  };
  const first = await generate({ promptTokens: few.prompt, replyTokens: 1, signal });
  const rough = await timed(1, few.reply);
  const replyTokens = Math.round(Math.min(most, Math.max(few.reply, (rough * milliseconds) / 1000)));
  const alone = replyTokens === few.reply ? rough : await timed(1, replyTokens);
  const together = await timed(atOnce, replyTokens);
  const read = (first.readTokens * 1000) / Math.max(1, first.readMilliseconds);
  return [read, alone, together].every((speed) => Number.isFinite(speed) && speed > 0) ? { atOnce, read, alone, together } : undefined;
}
