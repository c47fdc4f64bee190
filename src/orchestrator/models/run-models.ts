import { type ChosenModel, chooseModel } from '../../config/named-models.ts';
import type { Settings } from '../../config/settings-schema.ts';
import type { ModelConnection } from '../../llm/model-connection.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { ModelUser } from '../run-context.ts';
import { modelFor, withRepairUsers } from './model-user.ts';

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
}

export interface ConnectRunModelsOptions {
  settings: Settings;
  /** Everybody who asks a model. Nobody: the default model is connected all the same. */
  users: readonly ModelUser[];
  /** @param names Those of the models that are asked for at this place. */
  open: (place: string, names: readonly string[]) => Promise<ModelConnection>;
}

/** The names of the places that these have their models at, the default's first. @throws MultiagentError `model.unknown`. */
export function placesOf(settings: Settings, users: readonly ModelUser[]): string[] {
  const { place } = chooseModel(settings);
  const places = new Set(withRepairUsers(settings, users).map((user) => modelFor(settings, user).place));
  if (places.size === 0 || places.has(place)) return [place, ...[...places].filter((other) => other !== place)];
  return [...places];
}

/** Connects every model in use, all at once, so that a run begins with all of them or none. @throws the error of one that cannot be reached. */
export async function connectRunModels({ settings, users, open }: ConnectRunModelsOptions): Promise<RunModels> {
  const places = placesOf(settings, users);
  const all = withRepairUsers(settings, users);
  const opened = await Promise.all(
    places.map(async (place): Promise<[string, ModelConnection]> => [place, await open(place, namesAt(settings, all, place))]),
  );
  const connections = new Map(opened);
  const [first] = opened;
  if (first === undefined) throw new TypeError('a run has a model');
  return { main: first[1], connections, of: (user) => connectedFor(settings, user, connections) };
}

/** The names on the server of the models that are asked for at a place. */
function namesAt(settings: Settings, users: readonly ModelUser[], place: string): string[] {
  const chosen = users.map((user) => modelFor(settings, user));
  return [...new Set(chosen.flatMap((each) => (each.place === place && each.model !== undefined ? [each.model] : [])))];
}

function connectedFor(settings: Settings, user: ModelUser, connections: RunModels['connections']): ConnectedModel {
  const chosen = modelFor(settings, user);
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
