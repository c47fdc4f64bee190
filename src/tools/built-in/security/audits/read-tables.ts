import { parse } from 'smol-toml';

/** What a TOML text says; undefined if it is none. */
export function readTables(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
