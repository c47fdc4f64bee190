import type { EventData } from '../../events/run-stream-events.ts';
import type { ModelConnection } from '../../llm/model-connection.ts';

/** What a run records of the model that it begins or goes on with. */
export function modelOfRun({ server, servers, defaultModel }: ModelConnection): EventData<'run.started'>['model'] {
  const { address, engine, contextTokens, slots, release } = server;
  const known = <Value>(key: string, value: Value | undefined) => (value === undefined ? {} : { [key]: value });
  return {
    name: defaultModel,
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
