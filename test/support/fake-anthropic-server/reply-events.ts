import type { AnthropicBody } from './check-request.ts';
import type { FakeAnthropicOptions } from './start-fake-anthropic-server.ts';

export type AnthropicEvent = { type: string; [key: string]: unknown };

export interface ReplyEventsOptions extends Pick<FakeAnthropicOptions, 'reply' | 'thoughts' | 'call' | 'prefill'> {
  body: AnthropicBody;
  usage: Record<string, number>;
}

/** The events of one reply, in the order of the service. One piece of text is one token. */
export function eventsOf({
  body,
  usage,
  reply = () => 'One two three.',
  thoughts,
  call,
  prefill = 'continued',
}: ReplyEventsOptions): AnthropicEvent[] {
  const { messages = [], max_tokens: most = 0, tools, tool_choice: choice } = body;
  const last = messages.at(-1);
  const begun = last?.role === 'assistant' ? (last.content.at(-1)?.text ?? '') : '';
  const whole = reply(body);
  const rest = begun !== '' && whole.startsWith(begun) ? whole.slice(begun.length) : whole;
  const pieces = piecesOf(rest);
  const written = pieces.slice(0, most);
  const reason = pieces.length > most ? 'max_tokens' : call === undefined ? 'end_turn' : 'tool_use';
  const shown = prefill === 'echoed' && begun !== '' ? [begun, ...written] : written;
  const asTool = choice === undefined ? undefined : tools?.[0];
  const blocks: AnthropicEvent[][] = [
    ...(thoughts === undefined
      ? []
      : [
          block({ type: 'thinking', thinking: '', signature: '' }, [
            ...piecesOf(thoughts).map((thinking) => ({ type: 'thinking_delta', thinking })),
            { type: 'signature_delta', signature: 'c2ln' },
          ]),
        ]),
    asTool === undefined
      ? block(
          { type: 'text', text: '' },
          shown.map((text) => ({ type: 'text_delta', text })),
        )
      : block(
          { type: 'tool_use', id: 'toolu_1', name: asTool.name, input: {} },
          shown.map((text) => ({ type: 'input_json_delta', partial_json: text })),
        ),
    ...(call === undefined
      ? []
      : [
          block(
            { type: 'tool_use', id: 'toolu_2', name: call.name, input: {} },
            piecesOf(JSON.stringify(call.input)).map((text) => ({ type: 'input_json_delta', partial_json: text })),
          ),
        ]),
  ];
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    content: [],
    model: body.model,
    stop_reason: null,
    stop_sequence: null,
  };
  return [
    { type: 'message_start', message: { ...message, usage: { ...usage, output_tokens: 1 } } },
    { type: 'ping' },
    ...blocks.flatMap((events, index) => events.map((event) => ({ ...event, index }))),
    { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: written.length } },
    { type: 'message_stop' },
  ];
}

function block(start: object, deltas: readonly object[]): AnthropicEvent[] {
  return [
    { type: 'content_block_start', content_block: start },
    ...deltas.map((delta) => ({ type: 'content_block_delta', delta })),
    { type: 'content_block_stop' },
  ];
}

function piecesOf(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}
