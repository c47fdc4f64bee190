import { valueAt } from '../../../utils/parse-json.ts';
import type { ChatStreamPart } from '../../chat-model.ts';
import { PrefillEcho } from '../../chat/prefill-echo.ts';
import { ToolCalls } from '../../chat/tool-calls.ts';
import { finishReasonOf, meaningOfEnd } from '../../dialects/finish-reasons.ts';
import { TooMuchSaid } from '../../server/bounded-text.ts';
import type { ToolDescription } from '../../tool-description.ts';
import { AnsweredError, serverAnswer, tellsOfTrouble } from '../../server/server-answer.ts';
import type { AnthropicWire } from './anthropic-messages.ts';
import { addAnthropicUsage, type AnthropicUsage, usageOf } from './anthropic-usage.ts';
import { WhiteSpaceJoint } from './white-space-joint.ts';

export interface ReadEventsOptions {
  /** The values of the events' data, as they arrive. */
  events: AsyncIterable<unknown>;
  /** The text that the reply continues, and whether it was sent with the white space at its end. */
  prefill: string;
  ending: AnthropicWire['ending'];
  /** The tool whose input is the reply, if its shape was asked for in this way. */
  replyTool?: string | undefined;
  /** Those that the request offered. */
  tools?: readonly ToolDescription[] | undefined;
  /** Called for each sign of life, before the part is passed on. */
  onLife: (sign: 'prompt_progress' | 'token') => void;
}

/** In characters, including thoughts. No context holds more. */
const longestReply = 64 * 1024 * 1024;
/** In a row, with nothing between them. At the usual pace of one in ten seconds this is hours. */
const mostPings = 2000;
/** No reply has more. */
const mostBlocks = 10_000;

/**
 * The events of a reply as typed parts. They may come in any order, and those of an unknown type are passed over. Once the reason for the end has arrived, the reply is whole,
 * however the connection ends.
 * @throws what the events throw; AnsweredError where an event tells of trouble; an Error if the events end without a reason.
 */
export async function* readAnthropicEvents({
  events,
  prefill,
  ending,
  replyTool,
  tools,
  onLife,
}: ReadEventsOptions): AsyncGenerator<ChatStreamPart> {
  const reader = new EventReader({ prefill, ending, replyTool, tools });
  const pieces = { text: 0, reasoning: 0 };
  let length = 0;
  let pings = 0;
  try {
    for await (const event of events) {
      const type = valueAt(event, ['type']);
      if ((type === undefined || type === 'error') && tellsOfTrouble('', event))
        throw new AnsweredError(serverAnswer(JSON.stringify(event)));
      pings = type === 'ping' ? pings + 1 : 0;
      if (pings > mostPings) throw new TooMuchSaid('it sends pings and nothing else');
      const parts = reader.take(event);
      // A server reads first and begins then: until a block has begun, nothing is written.
      onLife(reader.hasBegun ? 'token' : 'prompt_progress');
      for (const part of parts) {
        pieces[part.type] += 1;
        length += part.text.length;
        yield part;
      }
      if (length + reader.calls.length > longestReply) throw new TooMuchSaid('its reply has no end');
      if (type === 'message_stop') break;
    }
  } catch (error) {
    if (reader.reason === undefined) throw error;
  }
  const { reason } = reader;
  if (reason === undefined) throw new Error('the stream ended before the reply did');
  if (meaningOfEnd(reason) === 'again') throw new AnsweredError(serverAnswer(`it gave the reply up ("${reason.slice(0, 80)}")`));
  for (const part of reader.end()) {
    pieces.text += 1;
    yield part;
  }
  // Of a reply that was cut off the last call may be half of one.
  const called = meaningOfEnd(reason) === 'length' ? [] : reader.calls.parts();
  for (const part of called) {
    pieces.text += 1;
    yield part;
  }
  yield { type: 'end', finishReason: finishReasonOf(reason, pieces.text > 0 || prefill !== ''), usage: usageOf(reader.usage, pieces) };
}

type Piece = Extract<ChatStreamPart, { text: string }>;

/** Turns what a server sends into parts of a reply. */
class EventReader {
  reason: string | undefined;
  usage: AnthropicUsage = {};
  hasBegun = false;
  readonly calls: ToolCalls;
  readonly #echo: PrefillEcho;
  readonly #joint: WhiteSpaceJoint;
  readonly #replyTool: string | undefined;
  /** The blocks that are calls, by their numbers: whether what they say is the reply. */
  readonly #blocks = new Map<number, 'call' | 'reply'>();

  constructor({ prefill, ending, replyTool, tools }: Pick<ReadEventsOptions, 'prefill' | 'ending' | 'replyTool' | 'tools'>) {
    this.calls = new ToolCalls(tools);
    this.#echo = new PrefillEcho(ending === 'trimmed' ? prefill.trimEnd() : prefill);
    this.#joint = new WhiteSpaceJoint(ending === 'trimmed' ? prefill : '');
    this.#replyTool = replyTool;
  }

  take(event: unknown): Piece[] {
    switch (valueAt(event, ['type'])) {
      case 'message_start':
        return this.#message(valueAt(event, ['message']));
      case 'message':
        return this.#message(event);
      case 'content_block_start':
        return this.#block(numberAt(event, 'index'), valueAt(event, ['content_block']));
      case 'content_block_delta':
        return this.#delta(numberAt(event, 'index'), valueAt(event, ['delta']));
      case 'message_delta':
        this.#ended(valueAt(event, ['delta', 'stop_reason']));
        this.usage = addAnthropicUsage(this.usage, valueAt(event, ['usage']));
        return [];
      default:
        return [];
    }
  }

  /** What was held back, then the files of tool calls, written like those of a reply without tools. */
  end(): Piece[] {
    return textPieces(this.#joint.pass(this.#echo.end()) + this.calls.text());
  }

  /** A whole message, from a server that does not stream, or the beginning of one. */
  #message(message: unknown): Piece[] {
    this.usage = addAnthropicUsage(this.usage, valueAt(message, ['usage']));
    this.#ended(valueAt(message, ['stop_reason']));
    const blocks = valueAt(message, ['content']);
    return Array.isArray(blocks) ? blocks.slice(0, mostBlocks).flatMap((block, index) => this.#block(index, block)) : [];
  }

  #ended(reason: unknown): void {
    if (typeof reason === 'string' && meaningOfEnd(reason) !== 'none') this.reason = reason;
  }

  #block(index: number, block: unknown): Piece[] {
    this.hasBegun = true;
    const [text, thinking, name] = ['text', 'thinking', 'name'].map((key) => textAt(block, key));
    switch (valueAt(block, ['type'])) {
      case 'text':
        return this.#text(text ?? '');
      case 'thinking':
        return thoughtPieces(thinking ?? '');
      case 'tool_use': {
        const kind = name !== undefined && name === this.#replyTool ? 'reply' : 'call';
        if (this.#blocks.size < mostBlocks) this.#blocks.set(index, kind);
        if (kind === 'call') this.calls.take([{ index, id: textAt(block, 'id'), name }]);
        const input = valueAt(block, ['input']);
        // A stream begins with an empty one.
        const hasInput = typeof input === 'object' && input !== null && Object.keys(input).length > 0;
        return hasInput ? this.#input(index, JSON.stringify(input)) : [];
      }
      default:
        return [];
    }
  }

  #delta(index: number, delta: unknown): Piece[] {
    this.hasBegun = true;
    switch (valueAt(delta, ['type'])) {
      case 'text_delta':
        return this.#text(textAt(delta, 'text') ?? '');
      case 'thinking_delta':
        return thoughtPieces(textAt(delta, 'thinking') ?? '');
      case 'input_json_delta':
        return this.#input(index, textAt(delta, 'partial_json') ?? '');
      default:
        return [];
    }
  }

  #input(index: number, said: string): Piece[] {
    const kind = this.#blocks.get(index);
    if (kind === 'reply') return textPieces(said);
    if (kind === 'call') this.calls.take([{ index, arguments: said }]);
    return [];
  }

  #text(text: string): Piece[] {
    return textPieces(this.#joint.pass(this.#echo.pass(text)));
  }
}

function textPieces(text: string): Piece[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

function thoughtPieces(text: string): Piece[] {
  return text === '' ? [] : [{ type: 'reasoning', text }];
}

function textAt(value: unknown, key: string): string | undefined {
  const text = valueAt(value, [key]);
  return typeof text === 'string' ? text : undefined;
}

/** A server that does not number its blocks writes one at a time. */
function numberAt(value: unknown, key: string): number {
  const number = valueAt(value, [key]);
  return typeof number === 'number' ? number : 0;
}
