import { settingsOfPlace } from '../../config/named-models.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { destinationOf } from '../../llm/destinations/destination.ts';
import { requireHere } from '../../llm/destinations/request-watch.ts';
import { connectOptions } from '../connect-options.ts';
import type { ModelConnection } from '../../llm/model-connection.ts';

/**
 * That these addresses lead to this machine, before anything is asked there. A name that cannot be looked up is left to the connection, which is watched.
 * @param what Begins a sentence: `The run`.
 * @throws ModelError `private.refused`.
 */
export async function requireAddressesHere(what: string, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    const url = URL.parse(address);
    const destination = url === null ? undefined : await destinationOf(url).catch(() => undefined);
    if (destination !== undefined) requireHere(what, destination);
  }
}

/** That what the settings say of a place leads to this machine alone, before it is connected. @throws ModelError `private.refused`; MultiagentError as `connectOptions`. */
export function requirePlaceHere(what: string, settings: Settings, place: string): Promise<void> {
  const { address, servers = address === undefined ? [] : [{ address }] } = connectOptions(settingsOfPlace(settings, place));
  return requireAddressesHere(
    what,
    servers.map((server) => server.address),
  );
}

/** That a connection leads to this machine alone. @throws ModelError `private.refused`. */
export function requireConnectionHere(what: string, { server, servers = [server] }: ModelConnection): Promise<void> {
  return requireAddressesHere(
    what,
    servers.map(({ address }) => address),
  );
}

export async function isConnectionHere(connection: ModelConnection | undefined): Promise<boolean> {
  if (connection === undefined) return false;
  return requireConnectionHere('It', connection).then(
    () => true,
    () => false,
  );
}
