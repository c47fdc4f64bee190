import type { ChatMessage } from './chat-model.ts';

/** The text of a message: reasoning is no part of what was said. */
export function chatMessageText(message: ChatMessage): string {
  return message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
}
