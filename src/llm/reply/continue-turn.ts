import type { ChatMessage } from '../chat-model.ts';
import { textMessage } from '../chat/chat-message-text.ts';

const request =
  'Your reply was cut off. Continue it exactly where it stopped: begin with the very next character, even inside a word or a code block. ' +
  'Repeat nothing, explain nothing, and do not open a code block again that is still open.';

/** The messages of a call whose last one is the reply so far, for a server that does not continue such a message: a turn asks for the rest. */
export function withContinueTurn(messages: ChatMessage[]): ChatMessage[] {
  return [...messages, textMessage('user', request)];
}
