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

/** The servers in one text: addresses with commas between them, each perhaps with `=` and its weight. What is no address is left as it is. */
export function splitServers(text: string): ServerAddress[] {
  return text.split(',').map((part) => {
    const entry = part.trim();
    const [, address = entry, weight = '1'] = weightAtEnd.exec(entry) ?? [];
    return { address, weight: Number(weight) };
  });
}

/** All model servers that `llm_base_url` names, in its order. */
export function serversOf(given: string | readonly ServerEntry[] | undefined): ServerAddress[] {
  if (given === undefined) return [];
  if (typeof given === 'string') return splitServers(given);
  return given.flatMap((entry) =>
    typeof entry === 'string' ? splitServers(entry) : [{ address: entry.address, weight: entry.weight ?? 1 }],
  );
}
