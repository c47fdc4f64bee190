import type { ContentPart } from '../../events/content-part.ts';
import type { ChatMessage } from '../../llm/chat-model.ts';
import { renderFiles } from '../../llm/transcript.ts';
import { parseJson } from '../../utils/parse-json.ts';

/** What a model is told when its calls have been made: a section for each, then this. */
export function answersMessage(sections: readonly string[]): string {
  return ['# What your calls say', ...sections, 'Go on with your step now.'].filter((text) => text !== '').join('\n\n');
}

/**
 * Messages for a request that offers no tools: native calls as the lines that a model writes itself where it calls in text, and what they say as such a model is told it.
 * Some servers take neither without the tools that they belong to.
 */
export function callsAsText(messages: readonly ChatMessage[]): ChatMessage[] {
  const known = new Map<string, string>();
  return messages.map((message): ChatMessage => {
    const { role, content } = message;
    const calls = content.filter((part) => part.type === 'tool_call');
    for (const call of calls) known.set(call.id, lineOf(call));
    const results = content.filter((part) => part.type === 'tool_result');
    if (calls.length + results.length === 0) return message;
    const rest = content.filter(({ type }) => type !== 'tool_call' && type !== 'tool_result');
    if (role === 'assistant') return { role, content: [...endedLine(rest), textPart(`${calls.map(lineOf).join('\n')}\n`)] };
    const sections = results.map(
      ({ id, text }) => `${known.get(id) ?? 'A call'}:\n${renderFiles([{ path: '', content: text }]).trimEnd()}`,
    );
    // With words of its own, a message says itself what is to be done.
    const told = rest.length === 0 ? answersMessage(sections) : `# What your calls say\n\n${sections.join('\n\n')}\n\n`;
    return { role, content: [textPart(told), ...rest] };
  });
}

/**
 * Messages for a request that offers tools: a call that nothing came of is answered, too, as servers want it. The team has then said something else to the reply.
 */
export function callsAnswered(messages: readonly ChatMessage[]): ChatMessage[] {
  let open: readonly string[] = [];
  return messages.map((message): ChatMessage => {
    const { role, content } = message;
    if (role === 'assistant') {
      open = content.flatMap((part) => (part.type === 'tool_call' ? [part.id] : []));
      return message;
    }
    const answered = new Set(content.flatMap((part) => (part.type === 'tool_result' ? [part.id] : [])));
    const left = open.filter((id) => !answered.has(id));
    open = [];
    if (left.length === 0) return message;
    return { role, content: [...left.map((id): ContentPart => ({ type: 'tool_result', id, text: 'It was not called.' })), ...content] };
  });
}

/** As a call in text, with its arguments by their names. What is no object stands as it was written. */
function lineOf({ name, arguments: said }: Extract<ContentPart, { type: 'tool_call' }>): string {
  const value = parseJson(said);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${name}(${JSON.stringify(said)})`;
  return `${name}(${Object.entries(value)
    .map(([key, given]) => `${key}=${JSON.stringify(given)}`)
    .join(', ')})`;
}

/** A call stands on a line of its own. */
function endedLine(parts: readonly ContentPart[]): ContentPart[] {
  const last = parts.at(-1);
  return last?.type === 'text' && last.text !== '' && !last.text.endsWith('\n') ? [...parts, textPart('\n')] : [...parts];
}

function textPart(text: string): ContentPart {
  return { type: 'text', text };
}
