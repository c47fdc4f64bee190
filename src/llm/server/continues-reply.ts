import type { Answer } from './ask-json.ts';
import { valueAt } from '../../utils/parse-json.ts';

const beginning = 'The answer begins with these words, and';

/**
 * Whether a llama-server leaves a last assistant message open, so that the reply continues it. The prompt that it makes of such a conversation shows that, and
 * nothing is read or written for it. A server that closes the message would start the reply again. One whose template refuses it (some with thinking on)
 * answers with an error. One that does not answer is older than the feature.
 */
export async function continuesReply(ask: (path: string, body: unknown) => Promise<Answer>): Promise<boolean> {
  const messages = [
    { role: 'user', content: 'Answer.' },
    { role: 'assistant', content: beginning },
  ];
  const answer = await ask('/apply-template', { messages });
  const prompt = answer.kind === 'answered' && answer.status === 200 ? valueAt(answer.body, ['prompt']) : undefined;
  return typeof prompt === 'string' && prompt.trimEnd().endsWith(beginning);
}
