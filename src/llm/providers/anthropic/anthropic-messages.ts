import type { CacheControlEphemeral, ContentBlockParam, MessageParam, TextBlockParam } from '@anthropic-ai/sdk/resources/messages';
import type { ContentPart } from '../../../events/content-part.ts';
import { parseJson } from '../../../utils/parse-json.ts';
import { chatMessageText } from '../../chat/chat-message-text.ts';
import type { ChatMessage } from '../../chat-model.ts';

/** What a server takes of a conversation. */
export interface AnthropicWire {
  /** Whether the places are marked up to which the server keeps what it has read. */
  marks: 'marked' | 'unmarked';
  /** How a reply ends that is to be continued: Anthropic's own service takes none that ends with white space. */
  ending: 'as_it_is' | 'trimmed';
}

/** A conversation as it is posted. */
export interface AnthropicMessages {
  system: TextBlockParam[];
  messages: MessageParam[];
}

interface Said {
  role: 'user' | 'assistant';
  content: ContentBlockParam[];
}

const mark: CacheControlEphemeral = { type: 'ephemeral' };

/**
 * Messages in Anthropic's form: the system text stands apart, roles alternate, and no text is empty. Earlier thoughts are left out: they are only taken back with a signature, which no journal has.
 * @param wire What of it the server takes.
 */
export function anthropicMessages(messages: readonly ChatMessage[], { marks, ending }: AnthropicWire): AnthropicMessages {
  const texts = messages.flatMap((message) => (message.role === 'system' ? [chatMessageText(message)] : [])).filter(isSomething);
  const system = texts.map((text): TextBlockParam => ({ type: 'text', text }));
  const said: Said[] = [];
  for (const message of messages) {
    if (message.role === 'system') continue;
    const content = blocksOf(message);
    const last = said.at(-1);
    if (content.length === 0) continue;
    if (last?.role === message.role) last.content.push(...content);
    else said.push({ role: message.role, content });
  }
  if (ending === 'trimmed') endWithoutSpace(said);
  if (marks === 'marked') {
    for (const block of endsToKeep(system, said)) Object.assign(block, { cache_control: mark });
  }
  return { system, messages: said };
}

/**
 * The blocks at whose ends the server keeps what it has read, at most four: the system text and the input, which every call of a run begins with; the newest turn, with which the
 * calls after a step begin; and the newest question, with which a continued or corrected reply begins.
 */
function endsToKeep(system: TextBlockParam[], said: readonly Said[]): Set<TextBlockParam | ContentBlockParam> {
  const asked = said.findLastIndex(({ role }) => role === 'user');
  const [first] = said;
  // The input is a part of its own before the first message.
  const input = first?.role === 'user' ? first.content[0] : undefined;
  const ends = [system.at(-1), input, said[asked - 1]?.content.at(-1), said[asked]?.content.at(-1)];
  return new Set(ends.filter((block) => block !== undefined));
}

/** The white space that is taken off comes back from the reply; see `WhiteSpaceJoint`. */
function endWithoutSpace(said: Said[]): void {
  const last = said.at(-1);
  const block = last?.role === 'assistant' ? last.content.at(-1) : undefined;
  if (last === undefined || block?.type !== 'text') return;
  block.text = block.text.trimEnd();
}

/** Texts that stand beside each other stay apart, as they were given: what is kept of a prompt ends where a block ends. A reply is one text. */
function blocksOf({ role, content }: ChatMessage): ContentBlockParam[] {
  const results = content.filter(({ type }) => type === 'tool_result');
  const rest = content.filter(({ type }) => type !== 'tool_result' && type !== 'reasoning');
  return (role === 'assistant' ? joinTexts(rest) : [...results, ...rest]).flatMap(blockOf);
}

function joinTexts(parts: readonly ContentPart[]): ContentPart[] {
  const joined: ContentPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.type === 'text' && last?.type === 'text') joined[joined.length - 1] = { type: 'text', text: textIn(last) + textIn(part) };
    else joined.push(part);
  }
  return joined;
}

function textIn(part: ContentPart): string {
  return part.type === 'text' ? part.text : '';
}

/** A part of an unknown type is posted as it is: the server decides whether to accept it. */
function blockOf(part: ContentPart): ContentBlockParam[] {
  if (part.type === 'text') return isSomething(textIn(part)) ? [{ type: 'text', text: textIn(part) }] : [];
  if (part.type === 'tool_call') return [{ type: 'tool_use', id: part.id, name: part.name, input: inputOf(part.arguments) }];
  if (part.type === 'tool_result') return [{ type: 'tool_result', tool_use_id: part.id, content: part.text }];
  if (part.type === 'image') {
    const { mediaType, data } = part;
    return [{ type: 'image', source: { type: 'base64', media_type: mediaType as 'image/png', data } }];
  }
  return [part as unknown as ContentBlockParam];
}

/** What a model wrote as arguments may be no JSON; the protocol takes only an object. */
function inputOf(said: unknown): Record<string, unknown> {
  const value = typeof said === 'string' ? parseJson(said) : said;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : { arguments: said };
}

function isSomething(text: string): boolean {
  return text.trim() !== '';
}
