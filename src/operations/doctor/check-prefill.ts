import type { ChatModel } from '../../llm/chat-model.ts';
import { ModelError } from '../../llm/model-error.ts';
import { textMessage } from '../../llm/chat/chat-message-text.ts';
import { askProbe } from './ask-probe.ts';
import type { Finding } from './finding.ts';

/** Whether a reply that broke off can be continued from its text. */
export async function checkPrefill(model: ChatModel, signal?: AbortSignal): Promise<Finding> {
  const check = 'prefill';
  const messages = [
    textMessage('system', 'You are a team.'),
    textMessage('user', 'Count from one to twenty, in words.'),
    textMessage('assistant', 'one, two, three, four,'),
  ];
  try {
    const { text } = await askProbe(model, { messages, maxTokens: 16, signal });
    if (beginsAgain.test(text)) return { check, state: 'warning', message: 'the model starts a reply over instead of continuing it', hint };
    if (text !== '') return { check, state: 'ok', message: 'a reply that breaks off is continued where it stopped' };
    return { check, state: 'warning', message: 'the model added nothing to a reply that it was to continue', hint };
  } catch (error) {
    if (!(error instanceof ModelError && error.code === 'model.bad_request')) throw error;
    return { check, state: 'warning', message: 'the server refuses to continue a reply; the rest of one is asked for instead', hint };
  }
}

const beginsAgain = /^\W*one\b/i;

const hint = 'Reasoning is the usual cause: turn it off for this model with --reasoning-budget 0, or use a model without it.';
