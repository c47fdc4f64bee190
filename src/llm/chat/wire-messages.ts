import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { ChatMessage } from '../chat-model.ts';
import { chatMessageReasoning, chatMessageText } from './chat-message-text.ts';

/** What a server has been found not to take. */
export interface MessageHabits {
  /** `in_user`: before the first message of the user. */
  system: 'own' | 'in_user';
  reasoning: 'beside' | 'left_out';
}

const usual: MessageHabits = { system: 'own', reasoning: 'beside' };

interface Said {
  role: ChatMessage['role'];
  text: string;
  reasoning: string;
}

/**
 * Messages as they are posted. Reasoning goes beside the text, where the chat template decides what becomes of it. A reply without text is left out, because
 * templates refuse it; the messages of the user around it become one, so that the roles alternate.
 */
export function wireMessages(messages: readonly ChatMessage[], habits: MessageHabits = usual): ChatCompletionMessageParam[] {
  const said = messages
    .map((message): Said => ({ role: message.role, text: chatMessageText(message), reasoning: chatMessageReasoning(message) }))
    .filter(({ role, text }) => role !== 'assistant' || text.trim() !== '');
  const wire: Said[] = [];
  for (const one of habits.system === 'own' ? said : withoutSystem(said)) {
    const last = wire.at(-1);
    if (last?.role === 'user' && one.role === 'user') wire[wire.length - 1] = { ...last, text: `${last.text}\n\n${one.text}` };
    else wire.push(one);
  }
  return wire.map(({ role, text, reasoning }) => {
    const param: ChatCompletionMessageParam = { role, content: text };
    return reasoning === '' || habits.reasoning === 'left_out' ? param : Object.assign(param, { reasoning_content: reasoning });
  });
}

function withoutSystem(said: readonly Said[]): Said[] {
  return said.map((one) => (one.role === 'system' ? { ...one, role: 'user' } : one));
}
