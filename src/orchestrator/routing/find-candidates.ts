import { type ChosenModel, chooseModel } from '../../config/named-models.ts';
import { shortForm } from '../../config/named-model.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { weakNames } from '../../llm/dialects/model-lists.ts';
import { noPrice } from '../../llm/cost/no-price.ts';
import type { ModelConnection } from '../../llm/model-connection.ts';
import { sizeInName } from '../../llm/profile/model-class.ts';
import type { ModelCandidate } from '../../llm/routing/model-candidate.ts';
import { hostOf } from '../models/model-host.ts';
import type { ModelHost } from '../../llm/routing/model-changes.ts';
import type { PriceFigure } from '../../llm/routing/price-figure.ts';
import type { ListedModel } from '../../llm/server/listed-models.ts';
import { modelKey, offeredName, shortModelName } from '../../llm/server/model-key.ts';
import { withoutCredentials } from '../../llm/server/require-local-address.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { isConnectionHere } from '../models/private-connection.ts';

/** A candidate as requests to it are made. */
export interface Candidate extends ModelCandidate {
  chosen: ChosenModel;
}

export interface FoundCandidates {
  /** In the order in which the person and the servers name them. */
  candidates: Candidate[];
  /** What the servers do with their models, by place. */
  hosts: Map<string, ModelHost>;
  /** What cannot be asked, and why. */
  leftOut: { name: string; error: MultiagentError }[];
}

export interface FindCandidatesOptions {
  settings: Settings;
  /** Connects to a place. @throws MultiagentError where that is not possible, or not allowed. */
  look: (place: string) => Promise<ModelConnection>;
  signal: AbortSignal;
}

/** A server may list hundreds. */
const mostListed = 30;

/**
 * The models that a run may choose among: what the servers and providers of these settings offer. A place that cannot be reached, that has no key, or that the
 * person has not allowed is left out.
 */
export async function findCandidates({ settings, look, signal }: FindCandidatesOptions): Promise<FoundCandidates> {
  const places = [
    shortForm,
    ...Object.entries(settings.models).flatMap(([name, { base_url: address }]) => (address === undefined ? [] : [name])),
    ...Object.keys(settings.providers),
  ];
  const found: FoundCandidates = { candidates: [], hosts: new Map(), leftOut: [] };
  const looked = await Promise.all(
    places.map(async (place) => {
      try {
        return { place, connection: await look(place) };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof MultiagentError)) throw error;
        return { place, error };
      }
    }),
  );
  for (const { place, connection, error } of looked) {
    if (connection === undefined) {
      if (error !== undefined) found.leftOut.push({ name: place, error });
      continue;
    }
    const { server } = connection;
    found.hosts.set(place, hostOf(connection));
    const where = (await isConnectionHere(connection)) ? 'here' : 'elsewhere';
    const named = place === shortForm ? modelsOfDefault(settings, connection, found.leftOut) : [chooseModel(settings, place)];
    for (const chosen of named) {
      const model = chosen.model ?? connection.defaultModel;
      const size = server.listed?.find(({ name }) => name === model)?.size ?? sizeInName(modelKey(model));
      const price = priceAt(connection, model, where);
      if (price === undefined && settings.budget !== 'none') {
        found.leftOut.push({ name: chosen.name, error: noPrice(place, model) });
        continue;
      }
      found.candidates.push({ name: chosen.name, place, model, where, price, address: withoutCredentials(server.address), size, chosen });
    }
  }
  return found;
}

/** Its replies and what it has to read anew. What is here and has no price costs nothing. */
function priceAt({ priceOf }: ModelConnection, model: string, where: Candidate['where']): PriceFigure | undefined {
  const price = priceOf?.(model) ?? (where === 'here' ? { kind: 'free' } : { kind: 'unknown' });
  if (price.kind === 'unknown') return undefined;
  return price.kind === 'free' ? { read: 0, write: 0 } : { read: price.prices.input, write: price.prices.output };
}

/** What the default server offers: what it lists for chat, by the names that the settings have for it. */
function modelsOfDefault(settings: Settings, connection: ModelConnection, leftOut: FoundCandidates['leftOut']): ChosenModel[] {
  const { server, servers, defaultModel } = connection;
  // Several servers stand for one model.
  const listed = servers === undefined ? forChat(server.listed ?? []) : [];
  const names = listed.length === 0 ? [defaultModel] : listed.map(({ name }) => name).slice(0, mostListed);
  const own = Object.entries(settings.models).flatMap(([name, { base_url: address }]): ChosenModel[] => {
    const chosen = address === undefined ? chooseModel(settings, name) : undefined;
    if (chosen?.model === undefined) return [];
    const offered = offeredName(server.models, chosen.model);
    if (offered !== undefined) return [{ ...chosen, model: offered }];
    leftOut.push({ name, error: notOffered(chosen.model, server.address, server.models) });
    return [];
  });
  const isNamed = (model: string) => own.some((chosen) => chosen.model === model);
  const taken = new Set([...Object.keys(settings.models), ...Object.keys(settings.providers)]);
  const others = names
    .filter((model) => !isNamed(model))
    .map((model): ChosenModel => {
      if (names.length === 1) return { name: shortForm, place: shortForm };
      const short = shortModelName(model);
      return { name: taken.has(short) || short === shortForm ? model : short, place: shortForm, model };
    });
  return [...others, ...own];
}

/** Models that only continue a text, or help another one, count if there is nothing else. */
function forChat(listed: readonly ListedModel[]): ListedModel[] {
  const chat = listed.filter(({ kind }) => kind !== 'other');
  const strong = chat.filter(({ name }) => !weakNames.test(name));
  return strong.length === 0 ? chat : strong;
}

function notOffered(model: string, address: string, models: readonly string[]): MultiagentError {
  return new MultiagentError({
    category: 'model',
    code: 'model.not_offered',
    message: `The model server at ${withoutCredentials(address)} does not offer ${model}.`,
    hint: `It has ${models.slice(0, 10).join(', ')}.`,
  });
}
