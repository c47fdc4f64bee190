import type { ContentPart } from '../../events/content-part.ts';
import type { ChatMessage } from '../chat-model.ts';

/** A message that contains only text. */
export function textMessage<Role extends ChatMessage['role']>(role: Role, text: string): { role: Role; content: ContentPart[] } {
  return { role, content: [{ type: 'text', text }] };
}

/** The text of a message, without its reasoning. */
export function chatMessageText(message: Pick<ChatMessage, 'content'>): string {
  return joined(message, 'text');
}

export function chatMessageReasoning(message: Pick<ChatMessage, 'content'>): string {
  return joined(message, 'reasoning');
}

/** All other parts of a message, in order, of whatever type. */
export function partsBesideText({ content }: Pick<ChatMessage, 'content'>): Exclude<ContentPart, { type: 'text' | 'reasoning' }>[] {
  return content.filter((part) => part.type !== 'text' && part.type !== 'reasoning');
}

function joined({ content }: Pick<ChatMessage, 'content'>, type: 'text' | 'reasoning'): string {
  return content.flatMap((part) => (part.type === type ? [part.text] : [])).join('');
}
