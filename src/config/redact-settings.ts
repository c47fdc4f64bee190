import { redacted } from '../utils/redact-secrets.ts';
import { splitServers, type ServerEntry } from './server-addresses.ts';
import { settingFields } from './setting-fields.ts';
import type { Settings } from './settings-schema.ts';
import { valueAt } from '../utils/parse-json.ts';

function redactAddress(address: string): string {
  const url = URL.parse(address);
  if (url === null) return redacted;
  if (url.username === '' && url.password === '' && url.search === '' && url.hash === '') return address;
  return `${url.protocol}//${url.username === '' && url.password === '' ? '' : `${redacted}@`}${url.host}${url.pathname}${url.search === '' ? '' : `?${redacted}`}`;
}

export function redactServers(text: string): string {
  const servers = splitServers(text);
  return servers.map(({ address, weight }) => `${redactAddress(address)}${weight === 1 ? '' : `=${weight}`}`).join(',');
}

function redactEntry(entry: ServerEntry): ServerEntry {
  return typeof entry === 'string' ? redactServers(entry) : { ...entry, address: redactAddress(entry.address) };
}

/** A copy that may be journaled and shown: secrets that are not the default are masked, and so is what an address carries besides host and path. */
export function redactSettings(settings: Settings): Settings {
  const copy = structuredClone(settings);
  for (const { key, path, secret, default: defaultValue } of settingFields) {
    if (secret && valueAt(settings, path) !== defaultValue)
      Object.assign(valueAt(copy, path.slice(0, -1)) as object, { [path.at(-1) ?? key]: redacted });
  }
  const { llm_base_url: servers } = copy;
  if (servers !== undefined) copy.llm_base_url = typeof servers === 'string' ? redactServers(servers) : servers.map(redactEntry);
  return copy;
}
