import type { ChatMessage, ContentPart } from '../chat-model.ts';

/** A message of nothing but text. */
export function textMessage(role: ChatMessage['role'], text: string): ChatMessage {
  return { role, content: [{ type: 'text', text }] };
}

/** The text of a message: reasoning is no part of what was said. */
export function chatMessageText(message: ChatMessage): string {
  return joined(message, 'text');
}

export function chatMessageReasoning(message: ChatMessage): string {
  return joined(message, 'reasoning');
}

function joined({ content }: ChatMessage, type: ContentPart['type']): string {
  return content.flatMap((part) => (part.type === type ? [part.text] : [])).join('');
}
