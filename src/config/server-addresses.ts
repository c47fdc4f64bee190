/** A model server in the settings. */
export interface ServerAddress {
  address: string;
  /** The server's share of new runs and branches, in proportion to the other weights. */
  weight: number;
}

/** A server as a file or a program gives it. The default weight is 1. */
export type ServerEntry = string | { address: string; weight?: number | undefined };

/** The smallest and the largest weight. */
export const weightRange = { low: 0.01, high: 1000 };

/** `http://127.0.0.1:8080=2`: an address and its weight in one text, as in variables and options. A `=` in a query, perhaps before a key, does not give a weight. */
const weightAtEnd = /^([^?#]*)=(\d+(?:\.\d+)?)$/;

/** Addresses as people type them: a host with a port, an IP address, or `localhost`. Any other name alone could be anything. */
const shortAddress = /^(?:localhost|\[[\da-f:.]+\]|\d{1,3}(?:\.\d{1,3}){3}|[a-z\d][\w.-]*(?=:\d))(?::\d{1,5})?(?:\/.*)?$/i;
const portAlone = /^:?(\d{2,5})$/;

/** Adds what people leave out: `localhost:8080` and `8080` mean `http://localhost:8080`. Any other text is returned unchanged. */
export function completeAddress(address: string): string {
  const [, port] = portAlone.exec(address) ?? [];
  if (port !== undefined) return `http://127.0.0.1:${port}`;
  return shortAddress.test(address) ? `http://${address}` : address;
}

/** The servers in one text: addresses separated by commas, each optionally with `=` and its weight. Anything else is returned unchanged. */
export function splitServers(text: string): ServerAddress[] {
  return text.split(',').map((part) => {
    const entry = part.trim();
    const [, address = entry, weight = '1'] = weightAtEnd.exec(entry) ?? [];
    return { address: completeAddress(address), weight: Number(weight) };
  });
}

/** All model servers that `llm_base_url` names, in its order. */
export function serversOf(given: string | readonly ServerEntry[] | undefined): ServerAddress[] {
  if (given === undefined) return [];
  if (typeof given === 'string') return splitServers(given);
  return given.flatMap((entry) =>
    typeof entry === 'string' ? splitServers(entry) : [{ address: completeAddress(entry.address), weight: entry.weight ?? 1 }],
  );
}
