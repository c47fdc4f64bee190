import type { ModelConnection } from '../../llm/model-connection.ts';
import type { ModelServer } from '../../llm/server/model-server.ts';
import type { RunModels } from './run-models.ts';

/** So that several runs can use the same servers at once. */
export interface ModelShare {
  /** How many runs share them. */
  runs: number;
  /** How many requests may be sent at once, over all runs; `auto`: as many as there are slots. */
  wanted: number | 'auto';
}

/**
 * The models as one of several runs sees them: with its part of the slots and of the tokens that the slots hold. Runs that all keep to their part can neither
 * send more at once than is wanted, nor overflow together what the slots share.
 */
export function shareModels({ main, connections, of, ...rest }: RunModels, share: ModelShare): RunModels {
  const shared = new Map<ModelConnection, ModelConnection>();
  const shareOf = (connection: ModelConnection): ModelConnection => {
    const known = shared.get(connection) ?? shareConnection(connection, share);
    shared.set(connection, known);
    return known;
  };
  return {
    ...rest,
    main: shareOf(main),
    connections: new Map([...connections].map(([place, connection]) => [place, shareOf(connection)])),
    of: (user) => {
      const connected = of(user);
      return { ...connected, connection: shareOf(connected.connection) };
    },
  };
}

function shareConnection(connection: ModelConnection, share: ModelShare): ModelConnection {
  const { server, servers } = connection;
  return {
    ...connection,
    server: shareServer(server, share),
    servers: servers?.map((each) => shareServer(each, share)),
    model: (name) => connection.model(name),
    // Whoever opened it closes it.
    close: () => Promise.resolve(),
  };
}

function shareServer(server: ModelServer, { runs, wanted }: ModelShare): ModelServer {
  const { slots, contextTokens, engine } = server;
  const atOnce = wanted === 'auto' ? slots : Math.min(wanted, slots ?? wanted);
  return {
    ...server,
    slots: atOnce === undefined ? undefined : Math.max(1, Math.floor(atOnce / runs)),
    // The embedded engine gives each slot a context of its own.
    contextTokens: contextTokens === undefined || engine === 'embedded' ? contextTokens : Math.floor(contextTokens / runs),
  };
}
