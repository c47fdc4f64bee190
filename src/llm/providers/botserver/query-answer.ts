import { z } from 'zod';
import type { Usage } from '../../../events/usage.ts';
import { NotUnderstood } from './botserver-words.ts';

/** What an agent answered. */
export interface QueryAnswer {
  output: string;
  /** 0: it could do what it was asked. */
  exitCode: number;
  usage: Usage;
  /** It was cut, and how it ends is missing. */
  isCut: boolean;
}

const count = z.number().int().nonnegative();
const lenient = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

const metadata = z.object({
  finish_reason: lenient(z.string()),
  usage: lenient(
    z.object({
      prompt_tokens: lenient(count),
      completion_tokens: lenient(count),
      input_tokens: lenient(count),
      output_tokens: lenient(count),
    }),
  ),
});

/** An exit code may be missing where a call succeeded; metadata is anything. */
const answer = z.object({
  output: z.string(),
  exit_code: z.int().nullish(),
  success: z.boolean().nullish(),
  metadata: lenient(metadata),
});

/** Reads `{output, exit_code, metadata}`. @throws NotUnderstood. */
export function readQueryAnswer(told: unknown): QueryAnswer {
  const read = answer.safeParse(told);
  if (!read.success) throw new NotUnderstood(z.prettifyError(read.error));
  const { output, exit_code: exitCode, success, metadata: more } = read.data;
  const { prompt_tokens, completion_tokens, input_tokens, output_tokens } = more?.usage ?? {};
  const promptTokens = prompt_tokens ?? input_tokens;
  const replyTokens = completion_tokens ?? output_tokens;
  return {
    output,
    exitCode: exitCode ?? (success === false ? 1 : 0),
    usage: { ...(promptTokens === undefined ? {} : { promptTokens }), ...(replyTokens === undefined ? {} : { replyTokens }) },
    isCut: more?.finish_reason === 'length',
  };
}
