import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { ContentPart } from '../../events/content-part.ts';
import { parseJson } from '../../utils/parse-json.ts';
import type { ChatMessage } from '../chat-model.ts';
import { chatMessageReasoning, chatMessageText, partsBesideText } from './chat-message-text.ts';

/** What a server has been found not to accept. */
export interface MessageHabits {
  /** `in_user`: it is put before the first user message. */
  system: 'own' | 'in_user';
  reasoning: 'beside' | 'left_out';
}

const usual: MessageHabits = { system: 'own', reasoning: 'beside' };

type Said = Pick<ChatMessage, 'content'> & { role: ChatMessage['role'] | 'tool' };

/**
 * Messages in the form that is posted. Reasoning goes beside the text, and the chat template decides what becomes of it. A reply that says nothing is left out,
 * because templates refuse it; the user messages around it become one, so that the roles alternate.
 */
export function wireMessages(messages: readonly ChatMessage[], habits: MessageHabits = usual): ChatCompletionMessageParam[] {
  const said = messages.filter(saysSomething).flatMap(apart);
  const wire: Said[] = [];
  for (const one of habits.system === 'own' ? said : withoutSystem(said)) {
    const last = wire.at(-1);
    if (last?.role === 'user' && one.role === 'user')
      wire[wire.length - 1] = { role: 'user', content: [...last.content, { type: 'text', text: '\n\n' }, ...one.content] };
    else wire.push(one);
  }
  return wire.map((one) => paramOf(one, habits));
}

/** One message as it is posted: several if it contains results of tools, each of which is a message of its own. */
export function messageParams(message: ChatMessage): ChatCompletionMessageParam[] {
  return apart(message).map((one) => paramOf(one, usual));
}

function saysSomething(message: ChatMessage): boolean {
  return message.role !== 'assistant' || chatMessageText(message).trim() !== '' || partsBesideText(message).length > 0;
}

function apart({ role, content }: ChatMessage): Said[] {
  const results = content.filter(({ type }) => type === 'tool_result');
  const rest = content.filter(({ type }) => type !== 'tool_result');
  const own: Said[] = rest.length === 0 && results.length > 0 ? [] : [{ role, content: rest }];
  return [...results.map((result): Said => ({ role: 'tool', content: [result] })), ...own];
}

function withoutSystem(said: readonly Said[]): Said[] {
  return said.map((one) => (one.role === 'system' ? { ...one, role: 'user' } : one));
}

/** Each part has its place. A part of an unknown type is posted as it is: the server decides whether to accept it. */
function paramOf({ role, content }: Said, habits: MessageHabits): ChatCompletionMessageParam {
  const [first] = content;
  if (role === 'tool' && first?.type === 'tool_result') return { role: 'tool', tool_call_id: first.id, content: first.text };
  const reasoning = habits.reasoning === 'left_out' ? '' : chatMessageReasoning({ content });
  const calls = content.flatMap((part) =>
    part.type === 'tool_call'
      ? [{ id: part.id, type: 'function', function: { name: part.name, arguments: argumentsText(part.arguments) } }]
      : [],
  );
  const shown = content.filter(({ type }) => type !== 'reasoning' && type !== 'tool_call');
  const isText = shown.every(({ type }) => type === 'text');
  const param = { role, content: isText ? chatMessageText({ content }) : shown.map(contentParam) };
  return {
    ...param,
    ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  } as ChatCompletionMessageParam;
}

/** What a model wrote may be no JSON; templates take only an object. One that is sound stays as it was written. */
function argumentsText(said: string): string {
  const value = parseJson(said);
  return isObject(value) ? said : JSON.stringify({ arguments: said });
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function contentParam(part: ContentPart): object {
  if (part.type !== 'image') return part;
  const { mediaType, data } = part;
  return { type: 'image_url', image_url: { url: `data:${mediaType};base64,${data}` } };
}
