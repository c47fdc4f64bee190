import { RequestError, type ChatCall } from './chat-call.ts';
import type { FakeMachine } from './fake-machine.ts';
import { planReply, type ScriptedReply } from './plan-reply.ts';
import type { ReplySink } from './reply-sink.ts';
import type { RequestRecord } from './request-record.ts';
import type { Lease } from './slot-pool.ts';

export interface Generation {
  machine: FakeMachine;
  call: ChatCall;
  record: RequestRecord;
  prompt: readonly number[];
  reply: ScriptedReply;
  sink: ReplySink;
  /** Aborted when the client is gone. */
  signal: AbortSignal;
}

/**
 * Waits for a slot, reads what it does not hold of the prompt, and generates. The slot is free again before the last bytes go out, as in the real server.
 * @throws RequestError, PoolOverflow, AnswerBroken or the signal's reason; the slot is free then, too.
 */
export async function generate(generation: Generation): Promise<void> {
  const { machine, call, record, prompt, sink } = generation;
  const lease = await machine.pool.acquire(prompt, call.idSlot, generation.signal);
  machine.pool.begun(lease.slot);
  const signal = AbortSignal.any([generation.signal, lease.overflow]);
  try {
    const started = performance.now();
    requireRoom(prompt.length, machine.pool.slotContext);
    await read({ ...generation, signal }, lease);
    const promptRead = performance.now();
    const finishReason = await write({ ...generation, signal }, lease);
    await sink.settle();
    record.finishReason = finishReason;
    lease.release();
    machine.ledger.end(record, 'finished');
    await sink.end({ finishReason, record, promptMilliseconds: promptRead - started, replyMilliseconds: performance.now() - promptRead });
  } catch (error) {
    throw lease.overflow.aborted && !generation.signal.aborted ? lease.overflow.reason : error;
  } finally {
    lease.release();
  }
}

function requireRoom(promptTokens: number, slotContext: number): void {
  if (promptTokens < slotContext) return;
  throw new RequestError(
    400,
    'exceed_context_size_error',
    `request (${promptTokens} tokens) exceeds the available context size (${slotContext} tokens), try increasing it`,
    { n_prompt_tokens: promptTokens, n_ctx: slotContext },
  );
}

async function read({ machine, call, record, prompt, sink, signal }: Generation, { slot }: Lease): Promise<void> {
  const started = performance.now();
  const cache = call.usesCache ? machine.pool.cached(slot, prompt) : 0;
  machine.pool.cut(slot, cache);
  record.cacheTokens = cache;
  machine.ledger.start(record, slot.id);
  await sink.begin();
  const report = async () => {
    const milliseconds = Math.round(performance.now() - started);
    await sink.progress({ total: prompt.length, cache, processed: slot.tokens.length, time_ms: milliseconds });
  };
  await report();
  for (let start = cache; start < prompt.length; start += machine.options.batchTokens) {
    const batch = prompt.slice(start, start + machine.options.batchTokens);
    await machine.paceBatch(batch.length, signal);
    for (const token of batch) {
      record.newTokens += machine.pool.hold(slot, token).isNew ? 1 : 0;
      record.readTokens += 1;
    }
    machine.ledger.changed();
    await report();
  }
}

/** A generated token is held only when the next one is computed: the last one of a reply never is. */
async function write({ machine, call, record, reply, sink, signal }: Generation, { slot }: Lease): Promise<string> {
  const limit = Math.min(call.maxTokens, machine.pool.slotContext - record.promptTokens);
  const plan = planReply(reply, { tokenizer: machine.tokenizer, limit, prefill: record.prefill, stop: call.stop });
  let last: number | undefined;
  for (const { id, deltas } of plan.tokens) {
    await machine.paceToken(signal);
    if (last !== undefined) machine.pool.hold(slot, last);
    last = id;
    record.replyTokens += 1;
    if (record.firstToken === undefined) {
      record.firstToken = machine.ledger.moment();
      await sink.open();
    }
    for (const delta of deltas) {
      await sink.delta(delta);
      if (delta.field === 'content') record.replyText += delta.text;
    }
    machine.ledger.changed();
  }
  return plan.finishReason;
}
