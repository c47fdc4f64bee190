/** A model server of the settings. */
export interface ServerAddress {
  address: string;
  /** How many runs and branches begin there, in proportion to the others. */
  weight: number;
}

/** As a file or a program may give it; the weight is 1 where none is given. */
export type ServerEntry = string | { address: string; weight?: number | undefined };

/** The most and the least that a weight may be. */
export const weightRange = { low: 0.01, high: 1000 };

/** `http://127.0.0.1:8080=2`: an address and its weight in one text, as variables and options have it. A query, perhaps with a key, is no weight. */
const weightAtEnd = /^([^?#]*)=(\d+(?:\.\d+)?)$/;

/** As people type addresses: a port of this machine, or a host with a port; a name alone could be anything but `localhost`. */
const shortAddress = /^(?:localhost|\[[\da-f:.]+\]|\d{1,3}(?:\.\d{1,3}){3}|[a-z\d][\w.-]*(?=:\d))(?::\d{1,5})?(?:\/.*)?$/i;
const portAlone = /^:?(\d{2,5})$/;

/** With what people leave out: `localhost:8080` and `8080` lead where `http://localhost:8080` leads. What is no such address is left as it is. */
export function completeAddress(address: string): string {
  const [, port] = portAlone.exec(address) ?? [];
  if (port !== undefined) return `http://127.0.0.1:${port}`;
  return shortAddress.test(address) ? `http://${address}` : address;
}

/** The servers in one text: addresses with commas between them, each perhaps with `=` and its weight. What is no address is left as it is. */
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
