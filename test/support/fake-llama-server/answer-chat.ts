import type { IncomingMessage, ServerResponse } from 'node:http';
import { AnswerStream } from './answer-stream.ts';
import { readChatCall, readStep, readTools, RequestError, requirePrefill, requireTools, type ChatCall } from './chat-call.ts';
import { renderChatMl } from './chat-ml.ts';
import type { FakeMachine } from './fake-machine.ts';
import { Faults } from './fault.ts';
import { generate, type Generation } from './generate.ts';
import type { ScriptedReply } from './plan-reply.ts';
import { AnswerBroken, type ReplySink } from './reply-sink.ts';
import type { RequestOutcome, RequestRecord } from './request-record.ts';
import { errorOfStatus, send, sendError } from './send-json.ts';
import { PoolOverflow } from './slot-pool.ts';
import { StreamReply } from './stream-reply.ts';
import { WholeReply } from './whole-reply.ts';

/** Answers one chat request; never rejects. */
export async function answerChat(machine: FakeMachine, request: IncomingMessage, text: string, response: ServerResponse): Promise<void> {
  let call: ChatCall;
  try {
    call = readChatCall(text);
  } catch (error) {
    sendError(response, error as RequestError);
    return;
  }
  const controller = new AbortController();
  const { signal } = controller;
  response.on('close', () => {
    if (!response.writableFinished) controller.abort(new Error('The client closed the connection.'));
  });
  const prompt = machine.tokenIds(renderChatMl(call.messages, readTools(call.body)));
  const record = addRecord(machine, call, request, prompt.length);
  let sink: ReplySink | undefined;
  try {
    const reply = await script(machine, record);
    const faults = new Faults([
      ...machine.faults.filter(({ when }) => (typeof when === 'number' ? when === record.index : when(record))).map(({ fault }) => fault),
      ...(reply.faults ?? []),
    ]);
    const stream = new AnswerStream({ response, faults, silence: machine.silence, signal });
    if (faults.find('refuse') !== undefined) stream.refuse();
    if (faults.find('reset_in_headers') !== undefined) await stream.resetInHeaders();
    const status = faults.find('status');
    if (status !== undefined) {
      machine.ledger.end(record, 'faulted');
      sendStatus(response, status);
      return;
    }
    requirePrefill(machine, call.messages.at(-1));
    requireTools(machine, call.body);
    sink = makeSink(machine, call, record, stream);
    const generation: Generation = { machine, call, record, prompt, reply, sink, signal };
    await generate(generation);
  } catch (error) {
    await endBadly({ machine, record, response, sink, signal, error });
  }
}

function addRecord(machine: FakeMachine, call: ChatCall, request: IncomingMessage, promptTokens: number): RequestRecord {
  const last = call.messages.at(-1);
  const step = readStep(call.messages);
  return machine.ledger.add({
    body: call.body,
    headers: request.headers,
    messages: call.messages,
    taskType: step?.taskType,
    step: step?.step,
    prefill: last?.role === 'assistant' && last.content !== '' ? last.content : undefined,
    promptTokens,
  });
}

async function script(machine: FakeMachine, record: RequestRecord): Promise<ScriptedReply> {
  const reply = await machine.options.reply(record);
  return typeof reply === 'string' ? { text: reply } : reply;
}

function makeSink(machine: FakeMachine, call: ChatCall, record: RequestRecord, stream: AnswerStream): ReplySink {
  const id = `chatcmpl-${String(record.index).padStart(32, '0')}`;
  const identity = { id, model: machine.options.model, created: Math.floor(Date.now() / 1000) };
  const echo = machine.options.prefill === 'echoed' ? record.prefill : undefined;
  if (!call.streamed) return new WholeReply({ stream, identity, echo });
  const usage = call.wantsUsage ? 'asked' : 'not_asked';
  return new StreamReply({ stream, identity, echo, usage, progress: call.wantsProgress ? 'asked' : 'not_asked' });
}

function sendStatus(
  response: ServerResponse,
  { status, body, contentType, retryAfter }: { status: number; body?: string; contentType?: string; retryAfter?: number | string },
): void {
  const headers = {
    Connection: 'close',
    ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
    ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
  };
  const error = errorOfStatus(status);
  send(response, status, body ?? JSON.stringify({ error: { message: error.message, type: error.type, code: status } }), headers);
}

interface BadEnd {
  machine: FakeMachine;
  record: RequestRecord;
  response: ServerResponse;
  sink: ReplySink | undefined;
  signal: AbortSignal;
  error: unknown;
}

async function endBadly({ machine, record, response, sink, signal, error }: BadEnd): Promise<void> {
  machine.ledger.end(record, outcomeOf(error, signal));
  if (error instanceof AnswerBroken || signal.aborted) return;
  const answer = error instanceof RequestError ? error : new RequestError(500, 'server_error', (error as Error).message);
  try {
    if (sink === undefined) sendError(response, answer);
    else await sink.fail(answer);
  } catch {
    // The client has gone while it was being told: there is nobody left to tell.
    response.destroy();
  }
}

function outcomeOf(error: unknown, signal: AbortSignal): Exclude<RequestOutcome, 'running'> {
  if (error instanceof AnswerBroken) return 'faulted';
  if (signal.aborted) return 'aborted';
  if (error instanceof PoolOverflow) return 'overflow';
  return error instanceof RequestError && error.type === 'exceed_context_size_error' ? 'overflow' : 'faulted';
}
