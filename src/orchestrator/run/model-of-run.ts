import type { EventData } from '../../events/run-stream-events.ts';
import type { ModelUser } from '../run-context.ts';
import type { RunModels } from '../models/run-models.ts';
import type { Report } from '../journal/run-journal.ts';
import type { ModelConnection } from '../../llm/model-connection.ts';

/** One model, as it is recorded. */
function modelAt({ server, servers, defaultModel }: ModelConnection, name = defaultModel): EventData<'run.started'>['model'] {
  const { address, engine, contextTokens, slots, release } = server;
  const known = <Value>(key: string, value: Value | undefined) => (value === undefined ? {} : { [key]: value });
  return {
    name,
    address,
    engine,
    ...known('contextTokens', contextTokens),
    ...known('slots', slots),
    ...known('release', release),
    ...known(
      'servers',
      servers?.map((each) => ({ address: each.address, contextTokens: each.contextTokens, slots: each.slots })),
    ),
  };
}

/** What a run records of the models that it begins or goes on with; of several, each by its name. */
export function modelsOfRun(
  { main, connections, of }: RunModels,
  users: readonly ModelUser[],
): Pick<EventData<'run.started'>, 'model'> & Partial<Pick<EventData<'run.started'>, 'models'>> {
  const asked = new Map(users.map((user) => [of(user).chosen.name, of(user)]));
  const several = asked.size > 1 || connections.size > 1;
  const [only] = asked.values();
  const models = Object.fromEntries([...asked].map(([name, { connection, model }]) => [name, modelAt(connection, model)]));
  return { model: only === undefined || several ? modelAt(main) : modelAt(only.connection, only.model), ...(several ? { models } : {}) };
}

/** What is recorded of the models that stand in for others since the run connected. */
export function stoodInReports({ stoodIn }: Pick<RunModels, 'stoodIn'>): Report[] {
  return stoodIn.map((data): Report => ({ type: 'model.fell_back', data: { ...data, at: 'connect' } }));
}
