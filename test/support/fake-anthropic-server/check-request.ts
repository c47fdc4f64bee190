/** A body as the server was sent it. */
export interface AnthropicBody {
  model?: string;
  max_tokens?: number;
  stream?: boolean;
  system?: { type: string; text: string; cache_control?: unknown }[];
  messages?: { role: string; content: Block[] }[];
  temperature?: number;
  top_p?: number;
  stop_sequences?: string[];
  tools?: { name: string }[];
  output_config?: unknown;
  [field: string]: unknown;
}

export interface Block {
  type: string;
  text?: string;
  cache_control?: unknown;
  [field: string]: unknown;
}

const fields: ReadonlySet<string> = new Set([
  'model',
  'max_tokens',
  'stream',
  'system',
  'messages',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'tools',
  'tool_choice',
  'output_config',
]);

/** What Anthropic's service refuses in a request, in its words; undefined if it takes it. */
export function refusalOf(body: AnthropicBody, use: 'reply' | 'count', whiteSpace: 'refused' | 'taken' = 'refused'): string | undefined {
  const { system = [], messages = [], max_tokens: most, temperature, stop_sequences: stops = [] } = body;
  const unknown = Object.keys(body).find((field) => !fields.has(field));
  if (unknown !== undefined) return `${unknown}: Extra inputs are not permitted`;
  if (typeof body.model !== 'string') return 'model: Field required';
  if (use === 'reply' && (typeof most !== 'number' || most < 1)) return 'max_tokens: Field required';
  if (messages.length === 0) return 'messages: at least one message is required';
  if (temperature !== undefined && (temperature < 0 || temperature > 1)) return 'temperature: range: 0..1';
  if (stops.some((text) => text.trim() === '')) return 'stop_sequences: each stop sequence must contain non-whitespace';
  for (const [index, { role, content }] of messages.entries()) {
    if (role !== (index % 2 === 0 ? 'user' : 'assistant')) return 'messages: roles must alternate between "user" and "assistant"';
    if (content.length === 0) return `messages.${index}: all messages must have non-empty content`;
    if (content.some(({ type, text }) => type === 'text' && (text ?? '').trim() === ''))
      return 'messages: text content blocks must contain non-whitespace text';
  }
  const marks = [...system, ...messages.flatMap(({ content }) => content)].filter((block) => block.cache_control !== undefined);
  if (marks.length > 4) return `A maximum of 4 blocks with cache_control may be provided. Found ${marks.length}.`;
  const last = messages.at(-1);
  if (whiteSpace === 'refused' && last?.role === 'assistant' && /\s$/.test(last.content.at(-1)?.text ?? ''))
    return 'messages: final assistant content cannot end with trailing whitespace';
  return undefined;
}

/** The texts of a request up to each of its blocks, and which of them are marked. */
export function prefixesOf({ system = [], messages = [] }: AnthropicBody): { text: string; marked: boolean }[] {
  const blocks = [
    ...system.map((block) => ({ block, role: 'system' })),
    ...messages.flatMap(({ role, content }) => content.map((block) => ({ block, role }))),
  ];
  let text = '';
  return blocks.map(({ block: { cache_control: mark, ...block }, role }) => {
    text += `${role} ${JSON.stringify(block)}\n`;
    return { text, marked: mark !== undefined };
  });
}
