import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attempt, AttemptEnd, Subject } from './subject.ts';
import { askModel } from './ask-model.ts';
import { baselinePrompt } from './baseline-prompt.ts';
import { cardSampling } from './card-sampling.ts';
import { extractFiles } from './extract-files.ts';

/** Enough for every task there is, and an end for a model that finds none. */
const longestReply = 4096;

/** The honest baseline: one prompt without a system message, sampled as the model's card says. */
export const direct: Subject = {
  name: 'direct',

  async attempt({ task, model, baseUrl, seed, folder, generated, seconds, signal }: Attempt): Promise<AttemptEnd> {
    const sampling = { ...cardSampling(model), seed };
    const body = {
      model,
      messages: [{ role: 'user' as const, content: baselinePrompt(task) }],
      max_tokens: longestReply,
      ...sampling,
      // Repeats of a task would find the whole prompt read already, and the tokens would tell nothing.
      cache_prompt: false,
    };
    const answer = await askModel({ baseUrl, body, signal, seconds });
    await mkdir(join(folder, 'replies'));
    await writeFile(join(folder, 'replies', '1-request.json'), `${JSON.stringify(body, null, 2)}\n`);
    await writeFile(join(folder, 'replies', '1-direct.txt'), answer.text);
    await extractFiles({ reply: answer.text, task, folder: generated });
    const { tokens, finishReason } = answer;
    return {
      status: finishReason === 'out-of-time' ? 'out-of-time' : 'answered',
      exitCode: null,
      error: null,
      tokens,
      sampling,
      replies: [{ name: 'direct', file: 'replies/1-direct.txt', written: tokens.written, planned: longestReply, ended: finishReason }],
    };
  },
};
