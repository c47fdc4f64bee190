import { textOfPart } from '../../events/content-part.ts';
import { chatMessageReasoning, chatMessageText, partsBesideText } from '../chat/chat-message-text.ts';
import type { ChatMessage } from '../chat-model.ts';

/** A transcript as one text. Two transcripts have the same beginning in common as their texts. */
export function transcriptText(model: string, messages: readonly ChatMessage[]): string {
  return model + messages.map(messageText).join('');
}

function messageText(message: ChatMessage): string {
  const others = partsBesideText(message).map((part) => `\0${textOfPart(part)}`);
  return `\0${message.role}\0${chatMessageReasoning(message)}${others.join('')}\0${chatMessageText(message)}`;
}

/** The text of a transcript with its reply. If a reply is last, it was continued; else the reply is a new message. */
export function repliedText(text: string, messages: readonly ChatMessage[], reply: string): string {
  return messages.at(-1)?.role === 'assistant' ? text + reply : `${text}\0assistant\0\0${reply}`;
}

/** How many characters at their beginning two texts have in common. */
export function commonLength(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  // Whole pieces first: transcripts are long and mostly the same.
  const piece = 1024;
  let length = 0;
  while (length + piece <= limit && a.slice(length, length + piece) === b.slice(length, length + piece)) length += piece;
  while (length < limit && a[length] === b[length]) length += 1;
  return length;
}
