import type { ContentPart } from '../../events/content-part.ts';
import type { ChatMessage } from '../chat-model.ts';

/** A message of nothing but text. */
export function textMessage<Role extends ChatMessage['role']>(role: Role, text: string): { role: Role; content: ContentPart[] } {
  return { role, content: [{ type: 'text', text }] };
}

/** The text of a message: reasoning is no part of what was said. */
export function chatMessageText(message: Pick<ChatMessage, 'content'>): string {
  return joined(message, 'text');
}

export function chatMessageReasoning(message: Pick<ChatMessage, 'content'>): string {
  return joined(message, 'reasoning');
}

/** Everything else that a message holds, in order, whatever types there may be. */
export function partsBesideText({ content }: Pick<ChatMessage, 'content'>): Exclude<ContentPart, { type: 'text' | 'reasoning' }>[] {
  return content.filter((part) => part.type !== 'text' && part.type !== 'reasoning');
}

function joined({ content }: Pick<ChatMessage, 'content'>, type: 'text' | 'reasoning'): string {
  return content.flatMap((part) => (part.type === type ? [part.text] : [])).join('');
}
