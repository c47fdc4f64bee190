import { costOfCall, mostCost, type PricedCall } from '../../events/cost-of-call.ts';
import type { ModelPrices } from '../../events/model-prices.ts';
import type { Usage } from '../../events/usage.ts';
import { formatDollars } from '../../utils/format-dollars.ts';
import type { ChatModel, ChatRequest, ChatStreamPart } from '../chat-model.ts';
import { ModelError } from '../model-error.ts';
import { textOfTools } from '../tool-description.ts';
import { WrappedChatModel } from '../wrapped-chat-model.ts';
import { leastCostOf } from './least-cost-of.ts';
import { noPrice } from './no-price.ts';
import { PromptBound } from './prompt-bound.ts';
import type { Spending } from './spending.ts';
import { wasAnswered } from './was-answered.ts';

export interface PricedChatModelOptions {
  model: ChatModel;
  /** Whose model it is: a name in the settings. */
  place: string;
  /** Absent: nobody knows what it costs. */
  prices?: ModelPrices | undefined;
  /** Shared by all models of a run. */
  spending: Spending;
}

/** With a budget, a reply that nothing else limits is limited to this: few are longer, and those go on with another call. */
const longestReply = 32_768;
/** A server that sends more pieces than it was allowed tokens ignores that. A piece in which thoughts end may be two. */
const tolerated = 64;

/**
 * A model that somebody is paid for. Before each call it tells what that can cost and sets it aside; a call that the budget has no room for is not made. Nothing is read ahead,
 * because that would cost, too, and no call would tell it.
 */
export class PricedChatModel extends WrappedChatModel {
  readonly #options: Omit<PricedChatModelOptions, 'model'>;
  readonly #bound = new PromptBound();

  constructor({ model, ...options }: PricedChatModelOptions) {
    super(model);
    this.#options = options;
  }

  /** @throws ModelError `budget.used_up`, `budget.no_price`, besides those of the model. */
  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamPart> {
    const { place, prices, spending } = this.#options;
    const isLimited = spending.budget !== Infinity;
    const { maxTokens } = request;
    const promptTokens = this.#bound.of(request.messages) + shapeTokens(request);
    if (prices === undefined) {
      if (isLimited) throw noPrice(place, this.name);
      yield { type: 'priced', place, model: this.name, promptTokens, replyTokens: maxTokens };
      yield* this.inner.stream(request);
      return;
    }
    const most = { prices, promptTokens, replyTokens: maxTokens ?? longestReply };
    const { id, call } = isLimited ? yield* this.#setAside(most, request) : { id: undefined, call: { ...most, replyTokens: maxTokens } };
    let usage: Usage = {};
    let pieces = 0;
    let text = 0;
    let refused: true | undefined;
    try {
      yield { type: 'priced', place, model: this.name, ...call };
      for await (const part of this.inner.stream({ ...request, maxTokens: call.replyTokens })) {
        if (part.type === 'end') {
          ({ usage } = part);
          if (usage.promptTokens !== undefined) this.#bound.learn(request.messages, usage.promptTokens);
          // A reply that is all thoughts could not go on from anything.
          if (part.finishReason === 'length' && text === 0 && (call.replyTokens ?? Infinity) < most.replyTokens)
            throw usedUp(
              `What was left of the budget of ${formatDollars(spending.budget)} went into thoughts of ${this.name} of ${place}, and its reply had not begun.`,
            );
        }
        if (part.type === 'text' || part.type === 'reasoning') usage = { replyTokens: (pieces += 1) };
        if (part.type === 'text' || part.type === 'tool_call') text += 1;
        yield part;
        if (isLimited && pieces > (call.replyTokens ?? Infinity) + tolerated) {
          yield { type: 'end', finishReason: 'length', usage };
          return;
        }
      }
    } catch (error) {
      if (pieces === 0 && wasAnswered(error)) refused = true;
      yield { type: 'broken_off', usage, refused };
      throw error;
    } finally {
      const { least, most: atWorst = least } = costOfCall(call, { usage, refused });
      if (id !== undefined) spending.settle(id, atWorst);
    }
  }

  /** Waits until the call has room in the budget. The prompt is counted only where that could make a difference. */
  async *#setAside(
    most: PricedCall & { replyTokens: number },
    request: ChatRequest,
  ): AsyncGenerator<ChatStreamPart, { id: number; call: PricedCall }> {
    const { spending, place } = this.#options;
    const { messages, signal } = request;
    let wanted = most;
    let counted = false;
    let told = false;
    for (;;) {
      const least = leastCostOf(wanted);
      if (!counted && mostCost(wanted) > spending.left && this.capabilities.countsTokens) {
        counted = true;
        const tokens = await this.countTokens(messages, { signal });
        // What is sent may be rendered a little differently from what was counted.
        const rendered = tokens === undefined ? Infinity : Math.ceil(tokens * 1.05) + 64;
        wanted = { ...most, promptTokens: Math.min(most.promptTokens, rendered + shapeTokens(request)) };
        continue;
      }
      const answer = spending.ask({ least, most: mostCost(wanted) });
      if (answer.type === 'granted') return { id: answer.id, call: { ...wanted, replyTokens: repliesFor(answer.amount, wanted) } };
      if (answer.type === 'used_up')
        throw usedUp(
          `${formatDollars(answer.left, 'floor')} of the budget of ${formatDollars(spending.budget)} is left, and the next call to ${this.name} of ${place} can cost ${formatDollars(least, 'ceil')} even with a short reply.`,
        );
      if (told) await spending.settled(signal);
      else {
        told = true;
        // While that is recorded the others may end, so it is asked once more before it waits.
        yield { type: 'waits_for_budget' };
      }
    }
  }
}

/** As many tokens as the shape of a reply has at most: it is sent, too, and may be a part of the prompt, although it is not counted with the messages. */
function shapeTokens({ format, tools }: ChatRequest): number {
  return (format === undefined ? 0 : Buffer.byteLength(JSON.stringify(format))) + Buffer.byteLength(textOfTools(tools));
}

/** How long a reply may be for an amount that is enough for the prompt. */
function repliesFor(amount: number, call: PricedCall & { replyTokens: number }): number {
  const prompt = mostCost({ ...call, replyTokens: 0 });
  const perToken = call.prices.output * 1000;
  if (perToken === 0) return call.replyTokens;
  return Math.min(call.replyTokens, Math.max(1, Math.floor((amount - prompt) / perToken)));
}

function usedUp(message: string): ModelError {
  return new ModelError({
    kind: 'refused',
    code: 'budget.used_up',
    message,
    hint: 'Resume the run with a larger budget: multiagent resume --budget <dollars>. What has arrived is kept.',
  });
}
