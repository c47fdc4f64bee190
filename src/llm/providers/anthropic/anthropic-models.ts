import type { Anthropic } from '@anthropic-ai/sdk';
import { nearestName } from '../../../utils/nearest-name.ts';
import { parseJson, valueAt } from '../../../utils/parse-json.ts';
import { printableLine } from '../../../utils/printable.ts';
import { sentence } from '../../chat/classify-model-error.ts';
import { ModelError } from '../../model-error.ts';
import { boundedText } from '../../server/bounded-text.ts';
import { entriesOf, isContext, readListedModel } from '../../server/listed-models.ts';
import { modelKey } from '../../server/model-key.ts';
import type { AnthropicPlace } from './anthropic-client.ts';
import { answeredIn, anthropicError, whoAnswers } from './anthropic-error.ts';
import type { AnthropicFacts } from './anthropic-facts.ts';

/** Questions about models, to Anthropic's own service or to a server that may answer fewer of them. */
export class AnthropicModels {
  readonly #client: Anthropic;
  readonly #place: AnthropicPlace;

  constructor(client: Anthropic, place: AnthropicPlace) {
    this.#client = client;
    this.#place = place;
  }

  /** The names of its models, newest first; none if it does not list them. @throws ModelError. */
  async names(signal: AbortSignal): Promise<string[]> {
    return (await this.#listed(signal)).flatMap((entry) => readListedModel(entry, [])?.name ?? []);
  }

  /** What the server says of a model. @throws ModelError, `model.not_found` where it lists models and not this one. */
  async facts(model: string, signal: AbortSignal): Promise<AnthropicFacts> {
    const told = await this.#ask((options) => this.#client.models.retrieve(model, {}, options), signal);
    if (valueAt(told, ['id']) !== undefined) return factsIn(told);
    const entries = await this.#listed(signal);
    const named = entries.map((entry) => ({ entry, name: readListedModel(entry, [])?.name ?? '' }));
    const found = named.find(({ name }) => name === model) ?? named.find(({ name }) => modelKey(name) === modelKey(model));
    if (found !== undefined) return factsIn(found.entry);
    // A server of one model answers with it, whatever name is asked for.
    if (named.length <= 1) return factsIn(named[0]?.entry);
    throw this.#unknown(
      model,
      named.map(({ name }) => name),
    );
  }

  /** Whether it answers. @throws what the connection throws. */
  async isHealthy(signal: AbortSignal): Promise<boolean> {
    const timeout = AbortSignal.timeout(10_000);
    await this.#ask((options) => this.#client.models.list({ limit: 1 }, options), AbortSignal.any([signal, timeout]));
    return true;
  }

  async #listed(signal: AbortSignal): Promise<unknown[]> {
    return entriesOf(await this.#ask((options) => this.#client.models.list({ limit: 1000 }, options), signal)) ?? [];
  }

  /** @returns undefined where the server does not know the question. */
  async #ask(question: (options: { signal: AbortSignal }) => { asResponse(): Promise<Response> }, signal: AbortSignal): Promise<unknown> {
    try {
      return parseJson(await boundedText(await question({ signal }).asResponse()));
    } catch (error) {
      const status = answeredIn(error)?.status;
      if (status !== undefined && unknownQuestion.has(status)) return undefined;
      throw anthropicError(error, this.#place);
    }
  }

  #unknown(model: string, names: readonly string[]): ModelError {
    const { name } = this.#place;
    const near = nearestName(model, names);
    const listed = `${names.slice(0, 12).map(printableLine).join(', ')}${names.length > 12 ? ', …' : ''}`;
    return new ModelError({
      kind: 'configuration',
      code: 'model.not_found',
      message: `${sentence(whoAnswers(this.#place))} has no model ${JSON.stringify(model.slice(0, 100))}.`,
      hint: `${near === undefined ? '' : `Did you mean ${near}? `}It has: ${listed}. Set model of providers.${name}, or name one with --model ${name}/<model>.`,
    });
  }
}

const unknownQuestion: ReadonlySet<number> = new Set([404, 405, 501]);

/** Anthropic's own place, and that of a llama-server, which tells what one slot holds. */
const contextAt: readonly (readonly PropertyKey[])[] = [['max_input_tokens'], ['meta', 'n_ctx'], ['max_model_len']];

function factsIn(told: unknown): AnthropicFacts {
  const context = contextAt.map((path) => valueAt(told, path)).find(isContext);
  const reply = valueAt(told, ['max_tokens']);
  const shapes = valueAt(told, ['capabilities', 'structured_outputs', 'supported']);
  return {
    ...(context === undefined ? {} : { contextTokens: context }),
    ...(isContext(reply) ? { replyTokens: reply } : {}),
    ...(typeof shapes === 'boolean' ? { shapes: shapes ? 'taken' : 'refused' } : {}),
  };
}
