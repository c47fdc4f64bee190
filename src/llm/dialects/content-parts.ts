import type { ChatStreamPart } from '../chat-model.ts';

type TextPart = Extract<ChatStreamPart, { type: 'text' | 'reasoning' }>;

/** What the names of a message's parts mean. Parts with other names are not the model's words. */
const kinds: Readonly<Record<string, TextPart['type']>> = {
  text: 'text',
  output_text: 'text',
  refusal: 'text',
  thinking: 'reasoning',
  reasoning: 'reasoning',
  'reasoning.text': 'reasoning',
  'reasoning.summary': 'reasoning',
  reasoning_text: 'reasoning',
  summary_text: 'reasoning',
  thought: 'reasoning',
};

/** The fields with a part's words; the first one that is present counts. */
const wordsOfPart = ['text', 'output_text', 'refusal', 'thinking', 'reasoning', 'reasoning_text', 'summary', 'content', 'thought'];

/** The fields with reasoning beside the text. Several may say the same: the first with content counts. */
const reasoningFields = ['reasoning_content', 'reasoning', 'reasoning_text', 'thinking', 'thinking_content', 'thought', 'thoughts'];
const anyReasoningField = /^(?:reason|think|thought)/i;

/** Servers do not nest deeper than this. */
const deepest = 4;

/** The content of a piece of a message, whatever shape its server gives it. */
export function contentPartsOf(delta: unknown): TextPart[] {
  if (typeof delta !== 'object' || delta === null) return [];
  const { content, refusal } = delta as Record<string, unknown>;
  return [...reasoningOf(delta), ...partsIn(content, 'text', 0), ...partsIn(refusal, 'text', 0)];
}

function reasoningOf(delta: object): TextPart[] {
  const others = Object.keys(delta).filter((key) => anyReasoningField.test(key) && !reasoningFields.includes(key));
  for (const field of [...reasoningFields, ...others]) {
    const parts = partsIn((delta as Record<string, unknown>)[field], 'reasoning', 0);
    if (parts.length > 0) return parts;
  }
  return [];
}

function partsIn(value: unknown, as: TextPart['type'], depth: number): TextPart[] {
  if (typeof value === 'string') return value === '' ? [] : [{ type: as, text: value }];
  if (typeof value !== 'object' || value === null || depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((item) => partsIn(item, as, depth + 1));
  const part = value as Record<string, unknown>;
  const type = typeof part['type'] === 'string' ? kinds[part['type']] : as;
  if (type === undefined) return [];
  for (const key of wordsOfPart) {
    const found = partsIn(part[key], as === 'reasoning' ? as : type, depth + 1);
    if (found.length > 0) return found;
  }
  return [];
}
