import { chooseModel, settingsOfPlace } from '../../config/named-models.ts';
import type { Settings } from '../../config/settings-schema.ts';
import type { ModelConnection } from '../../llm/model-connection.ts';
import type { ModelUser } from '../run-context.ts';
import { requireFallbackConsent } from './require-fallback-consent.ts';
import type { Route } from './routes.ts';
import { connectRunModels, type RunModels } from './run-models.ts';

/** Connects to the default model of these settings, and to the models with these names on the same server. */
export type OpenConnection = (
  settings: Settings,
  names: readonly string[],
  options: {
    signal?: AbortSignal | undefined;
    beginAt?: string | undefined;
    /** The caller chooses among the models of the server. */
    choosing?: true | undefined;
  },
) => Promise<ModelConnection>;

/** The connections to the models of one set of settings. Each is opened at its first use and serves all runs until it is closed. */
export class ModelConnections {
  readonly #settings: Settings;
  readonly #open: OpenConnection;
  readonly #opened = new Map<string, Promise<ModelConnection>>();

  constructor(settings: Settings, open: OpenConnection) {
    this.#settings = settings;
    this.#open = open;
  }

  /** The connection to the default model. @throws ModelError where there is none; MultiagentError `model.unknown`. */
  async default(signal?: AbortSignal): Promise<ModelConnection> {
    return this.#at(chooseModel(this.#settings).place, [], { signal });
  }

  /** The connection to a place whose models are to be chosen among. @throws as connecting does. */
  look(place: string, signal: AbortSignal): Promise<ModelConnection> {
    return this.#at(place, [], { signal, choosing: true });
  }

  /**
   * The connections to all models that a run asks. @param routes What it has chosen for those who name none.
   * @throws as `connectRunModels` and `requireFallbackConsent`.
   */
  async for(users: readonly ModelUser[], routes: readonly Route[], options: Parameters<OpenConnection>[2]): Promise<RunModels> {
    requireFallbackConsent(this.#settings);
    // What a server tells of the model in use is told of the first that was chosen there.
    const modelAt = (place: string) => routes.find(({ chosen }) => chosen.place === place)?.chosen.model;
    return connectRunModels({
      settings: this.#settings,
      users,
      routes,
      open: (place, names) => this.#ofChosen(place, names, options, modelAt(place)),
    });
  }

  /** Safe to call twice. */
  async close(): Promise<void> {
    const opened = [...this.#opened.values()];
    this.#opened.clear();
    for (const opening of opened) await (await opening.catch(() => undefined))?.close();
  }

  /** What was looked at serves the run where naming the model changes nothing: an engine that was started is not started a second time. */
  async #ofChosen(
    place: string,
    names: readonly string[],
    options: Parameters<OpenConnection>[2],
    model: string | undefined,
  ): Promise<ModelConnection> {
    if (model === undefined || settingsOfPlace(this.#settings, place).llm_model === model) return this.#at(place, names, options);
    const looked = await this.#opened.get(place)?.catch(() => undefined);
    const only = looked?.server.models.length === 1 ? looked.defaultModel : undefined;
    return this.#at(place, names, options, only === model && names.every((name) => name === only) ? undefined : model);
  }

  #at(place: string, names: readonly string[], options: Parameters<OpenConnection>[2], model?: string): Promise<ModelConnection> {
    const key = model === undefined ? place : JSON.stringify([place, model]);
    const known = this.#opened.get(key);
    if (known !== undefined) return known;
    const of = settingsOfPlace(this.#settings, place);
    const settings = model === undefined ? of : { ...of, llm_model: model };
    const others = [...new Set([...names, ...this.#namesOfRoles(place)])].filter((name) => name !== settings.llm_model);
    const opening = this.#open(settings, others, options);
    this.#opened.set(key, opening);
    // The next call tries again.
    opening.catch(() => this.#opened.delete(key));
    return opening;
  }

  /** Also what roles name that this run does not need: the connection may serve others. What is wrong with it is told where it is needed. */
  #namesOfRoles(place: string): string[] {
    const asked = [...Object.values(this.#settings.agents).map(({ model }) => model), ...Object.values(this.#settings.task_models), ...this.#settings.fallback];
    return asked.flatMap((name) => {
      try {
        const chosen = chooseModel(this.#settings, name);
        return chosen.place === place && chosen.model !== undefined ? [chosen.model] : [];
      } catch {
        return [];
      }
    });
  }
}
