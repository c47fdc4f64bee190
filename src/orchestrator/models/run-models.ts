import { type ChosenModel, chooseModel } from '../../config/named-models.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { fallbackModels } from '../../config/fallback-names.ts';
import type { ModelConnection } from '../../llm/model-connection.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { ModelUser } from '../run-context.ts';
import { connectHere, connectWithSpares } from './connect-with-spares.ts';
import { requireConnectionHere, requirePlaceHere } from './private-connection.ts';
import { modelFor, withRepairUsers } from './model-user.ts';
import { type Route, routeOf } from './routes.ts';

/** A model and its connection. */
export interface ConnectedModel {
  chosen: ChosenModel;
  connection: ModelConnection;
  /** Its name on the server. */
  model: string;
}

/** The models of one run, each behind a connection; several of one server share theirs. */
export interface RunModels {
  /** The connection that stands for the whole run where one has to: the default model's, or the first in use. */
  main: ModelConnection;
  /** All of them, by place: `default` or the name of a model with an address of its own. */
  connections: ReadonlyMap<string, ModelConnection>;
  /** @throws MultiagentError `model.unknown`, `model.not_connected`. */
  of: (user: ModelUser) => ConnectedModel;
  /** What stands in for models that could not be reached, for as long as the run works on. */
  stoodIn: readonly StoodIn[];
  /** Connects one more model of the settings, which `of` then knows. @throws as connecting does. */
  add: (name: string) => Promise<void>;
}

/** Somebody of whom nothing is known: the default is theirs. */
const nobody: ModelUser = { role: '', taskType: '' };

/** A place whose model could not be reached, and the model that all who ask for it are given instead. */
export interface StoodIn {
  from: string;
  to: string;
  why: string;
}

export interface ConnectRunModelsOptions {
  settings: Settings;
  /** Everybody who asks a model. Nobody: the default model is connected all the same. */
  users: readonly ModelUser[];
  /** What the run has chosen for those who name no model. */
  routes: readonly Route[];
  /** @param names Those of the models that are asked for at this place. */
  open: (place: string, names: readonly string[]) => Promise<ModelConnection>;
}

/** The names of the places that these have their models at, the default's first. @throws MultiagentError `model.unknown`. */
export function placesOf(settings: Settings, users: readonly ModelUser[], routes: readonly Route[]): string[] {
  const { place } = routeOf(routes, nobody) ?? chooseModel(settings);
  const places = new Set(withRepairUsers(settings, users).map((user) => modelFor(settings, user, routes).place));
  if (places.size === 0 || places.has(place)) return [place, ...[...places].filter((other) => other !== place)];
  return [...places];
}

/**
 * Connects every model in use, all at once, so that a run begins with all of them or none. For one that is not available another one stands in, where the settings
 * name any. @throws the error of one that cannot be reached and that nothing stands in for; MultiagentError as `fallbackModels`; ModelError `server.remote_refused`.
 */
export async function connectRunModels({ settings, users, routes, open }: ConnectRunModelsOptions): Promise<RunModels> {
  const spares = fallbackModels(settings);
  const places = placesOf(settings, users, routes);
  const all = withRepairUsers(settings, users);
  const stoodIn: StoodIn[] = [];
  const replaced = new Map<string, ChosenModel>();
  const connections = new Map<string, ModelConnection>();
  // Before anything is asked at any of them.
  for (const user of all) {
    const { place, name } = modelFor(settings, user, routes);
    if (user.private === true) await requirePlaceHere(`A step that asks the model ${name}`, settings, place);
  }
  const main = await Promise.all(
    places.map(async (place) => {
      const connect = () => open(place, namesAt({ settings, users: all, routes }, place));
      const way = { place, connect, spares, open };
      const found = await (asksPrivately({ settings, users: all, routes }, place) ? connectHere(settings, way) : connectWithSpares(way));
      connections.set(found.chosen?.place ?? place, found.connection);
      if (found.chosen !== undefined) {
        replaced.set(place, found.chosen);
        stoodIn.push({ from: place, to: found.chosen.name, why: found.why });
      }
      return found.connection;
    }),
  );
  const [first] = main;
  if (first === undefined) throw new TypeError('a run has a model');
  const chosenFor = (user: ModelUser) => {
    const chosen = modelFor(settings, user, routes);
    return replaced.get(chosen.place) ?? chosen;
  };
  for (const user of all) {
    if (user.private !== true) continue;
    const { chosen, connection } = connectedFor(chosenFor(user), connections);
    await requireConnectionHere(`A step that asks the model ${chosen.name}`, connection);
  }
  return {
    main: first,
    connections,
    of: (user) => connectedFor(chosenFor(user), connections),
    stoodIn,
    async add(name) {
      const { place, model } = chooseModel(settings, name);
      connections.set(place, await open(place, model === undefined ? [] : [model]));
      replaced.delete(place);
    },
  };
}

function asksPrivately({ settings, users, routes }: Omit<ConnectRunModelsOptions, 'open'>, place: string): boolean {
  return users.some((user) => user.private === true && modelFor(settings, user, routes).place === place);
}

/** The names on the server of the models that are asked for at a place. */
function namesAt({ settings, users, routes }: Omit<ConnectRunModelsOptions, 'open'>, place: string): string[] {
  const chosen = users.map((user) => modelFor(settings, user, routes));
  return [...new Set(chosen.flatMap((each) => (each.place === place && each.model !== undefined ? [each.model] : [])))];
}

function connectedFor(chosen: ChosenModel, connections: RunModels['connections']): ConnectedModel {
  const connection = connections.get(chosen.place);
  if (connection === undefined) {
    throw new MultiagentError({
      code: 'model.not_connected',
      message: `The model ${chosen.name} was not needed when the run began, and is not connected.`,
      hint: 'Resume or retry the run: it then connects to all models that its tasks name.',
    });
  }
  return { chosen, connection, model: chosen.model ?? connection.defaultModel };
}
