export interface FakeMessage {
  role: string;
  /** Text parts are joined by a line feed, as the real server does. */
  content: string;
}

export const CHAT_TEMPLATE =
  "{%- for message in messages -%}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}{%- endfor -%}" +
  "{%- if add_generation_prompt -%}{{ '<|im_start|>assistant\\n' }}{%- endif -%}";

/** The prompt in ChatML. An assistant message that stands last stays open: the reply continues it. */
export function renderChatMl(messages: readonly FakeMessage[], tools: readonly unknown[] = []): string {
  const open = messages.at(-1)?.role === 'assistant' ? messages.at(-1) : undefined;
  const closed = open === undefined ? messages : messages.slice(0, -1);
  const turns = closed.map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`);
  // Where real templates put what may be called: before everything else.
  const offered =
    tools.length === 0 ? '' : `<|im_start|>system\n# Tools\n${tools.map((tool) => JSON.stringify(tool)).join('\n')}<|im_end|>\n`;
  return `${offered}${turns.join('')}<|im_start|>assistant\n${open?.content ?? ''}`;
}
