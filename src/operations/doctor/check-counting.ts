import type { ChatMessage, ChatModel } from '../../llm/chat-model.ts';
import type { Finding } from './finding.ts';

export interface CheckCountingOptions {
  /** The provider, if the model is one's: nothing can be done about how it counts. */
  hosted?: string | undefined;
  model: ChatModel;
  messages: ChatMessage[];
  /** How many tokens the server reported when it read these messages. */
  promptTokens: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Whether prompts can be counted before they are sent. */
export async function checkCounting({ hosted, model, messages, promptTokens, signal }: CheckCountingOptions): Promise<Finding> {
  const check = 'counting';
  const counted = await model.countTokens(messages, { signal });
  if (counted === undefined && hosted !== undefined)
    return { check, state: 'ok', message: 'prompts are estimated: the provider counts what it reads' };
  if (counted === undefined) {
    const hint = 'A newer llama-server counts them; until then the estimates leave more tokens free than needed.';
    return { check, state: 'warning', message: 'the server does not count tokens; they are estimated', hint };
  }
  if (promptTokens === undefined || counted === promptTokens)
    return { check, state: 'ok', message: 'prompts are counted before they are sent' };
  const hint = 'Update the server; a prompt near the limit of the context may be refused.';
  return { check, state: 'warning', message: `a prompt was counted as ${counted} tokens and read as ${promptTokens}`, hint };
}
