import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { AnthropicFault } from './anthropic-fault.ts';
import type { AnthropicEvent } from './reply-events.ts';

export interface SendEventsOptions {
  response: ServerResponse;
  events: AnthropicEvent[];
  faults: readonly AnthropicFault[];
  /** Resolves when the test ends pings and silence. */
  opened: Promise<void>;
  sent: { pings: number };
}

/** Sends a reply, as the faults have it. */
export async function sendEvents({ response, events, faults, opened, sent }: SendEventsOptions): Promise<void> {
  const fault = <Kind extends AnthropicFault['kind']>(kind: Kind) =>
    faults.find((one): one is Extract<AnthropicFault, { kind: Kind }> => one.kind === kind);
  const [status, redirect, page, pings, silence] = [fault('status'), fault('redirect'), fault('page'), fault('pings'), fault('silence')];
  if (fault('refuse')) return void response.destroy();
  if (status) return sendStatus(response, status);
  if (redirect) return void response.writeHead(302, { location: redirect.to }).end();
  if (page) return void response.writeHead(200, { 'content-type': page.contentType ?? 'text/html' }).end('<!doctype html><p>Sign in');
  if (fault('whole')) return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(wholeOf(events)));
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
  const huge = fault('huge_line');
  if (huge) {
    const piece = 'x'.repeat(1024 * 1024);
    response.write('data: ');
    const closed = new Promise((resolve) => response.once('close', resolve));
    for (let length = 0; length < huge.characters && !response.destroyed; length += piece.length) {
      if (!response.write(piece)) await Promise.race([new Promise((resolve) => response.once('drain', resolve)), closed]);
    }
    return void response.end();
  }
  for (const [number, event] of ordered(events, faults).entries()) {
    const at = (one: { afterEvents: number } | undefined) => one?.afterEvents === number;
    const [half, garbage, error] = [fault('half_event'), fault('garbage'), fault('error_event')];
    if (at(fault('cut'))) {
      // What was sent before has to arrive.
      await new Promise((resolve) => void response.write(': cut\n\n', resolve));
      return void response.destroy();
    }
    if (at(half)) {
      response.write('event: content_block_delta\ndata: {"type":"content_block_del');
      return void response.end();
    }
    if (garbage && at(garbage)) response.write(`data: ${garbage.text}\n\n`);
    if (error && at(error)) {
      response.write(eventText({ type: 'error', error: { type: error.type, message: error.message } }));
      return void response.end();
    }
    if (silence && at(silence)) await opened;
    if (pings && at(pings)) await pingUntil(response, pings.everyMilliseconds, { opened, sent });
    await sendText(response, eventText(event), fault('split_bytes')?.size);
  }
  response.end();
}

function ordered(events: AnthropicEvent[], faults: readonly AnthropicFault[]): AnthropicEvent[] {
  let list = events;
  for (const fault of faults) {
    if (fault.kind === 'without') list = list.filter(({ type }) => !fault.types.includes(type));
    if (fault.kind === 'unknown_events') list = list.flatMap((event) => [{ type: 'weather', sun: true }, event]);
    if (fault.kind === 'wrong_order') {
      const text = list.findIndex(({ type }) => type === 'content_block_delta');
      list = [...list.slice(text, text + 1), ...list.slice(0, text), ...list.slice(text + 1)];
    }
  }
  return list;
}

function eventText(event: AnthropicEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

async function sendText(response: ServerResponse, text: string, size: number | undefined): Promise<void> {
  const bytes = Buffer.from(text);
  if (size === undefined) return void response.write(bytes);
  for (let at = 0; at < bytes.length; at += size) {
    response.write(bytes.subarray(at, at + size));
    await setTimeout(0);
  }
}

async function pingUntil(
  response: ServerResponse,
  everyMilliseconds: number,
  { opened, sent }: Pick<SendEventsOptions, 'opened' | 'sent'>,
): Promise<void> {
  const gate = { isOpen: false };
  void opened.then(() => (gate.isOpen = true));
  while (!gate.isOpen && !response.destroyed) {
    response.write(eventText({ type: 'ping' }));
    sent.pings += 1;
    await setTimeout(everyMilliseconds);
  }
}

function sendStatus(
  response: ServerResponse,
  { status, type, message, body, contentType, retryAfter }: Extract<AnthropicFault, { kind: 'status' }>,
): void {
  const said = body ?? JSON.stringify({ type: 'error', error: { type: type ?? 'api_error', message: message ?? 'Internal server error' } });
  response
    .writeHead(status, {
      'content-type': contentType ?? 'application/json',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    })
    .end(said);
}

function wholeOf(events: readonly AnthropicEvent[]): object {
  const text = events.map((event) => (event['delta'] as { text?: string } | undefined)?.text ?? '').join('');
  const ended = events.find(({ type }) => type === 'message_delta');
  const { stop_reason } = (ended?.['delta'] ?? {}) as { stop_reason?: string };
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text }],
    stop_reason,
    usage: { input_tokens: 7, output_tokens: 3 },
  };
}
