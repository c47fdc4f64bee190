import { type ContentPart, textOfPart } from '../../../events/content-part.ts';
import type { ChatMessage } from '../../chat-model.ts';

/**
 * A conversation as the one text that an agent is asked with. What was said before stands under headings, in order, and the newest message last. Equal beginnings of
 * conversations have equal beginnings here, too.
 */
export function queryText(messages: readonly ChatMessage[]): string {
  const system = messages.filter(({ role }) => role === 'system').map(textOf);
  const said = messages.filter(({ role }) => role !== 'system');
  if (said.length <= 1) return [...system, ...said.map(textOf)].join('\n\n');
  const headings = { user: '# You were asked', assistant: '# You answered' } as const;
  const turns = said.map((message, index) => {
    const heading = index === said.length - 1 ? '# You are asked now' : headings[message.role === 'assistant' ? 'assistant' : 'user'];
    return `${heading}\n\n${textOf(message)}`;
  });
  return [...system, ...turns].join('\n\n');
}

/** Thoughts are not passed on. */
function textOf({ content }: ChatMessage): string {
  return content
    .filter(({ type }) => type !== 'reasoning')
    .map((part) => (part.type === 'tool_result' ? toolResult(part) : textOfPart(part)))
    .join('');
}

function toolResult({ text }: Extract<ContentPart, { type: 'tool_result' }>): string {
  return text;
}
