import { redacted, redactSecrets } from '../utils/redact-secrets.ts';
import { type ServerEntry, splitServers } from './server-addresses.ts';
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

function redactAll(servers: Settings['llm_base_url']): Settings['llm_base_url'] {
  return typeof servers === 'string' ? redactServers(servers) : servers?.map(redactEntry);
}

/** A copy that may be recorded and shown. Secrets other than the default are masked, and so is everything in an address but host and path. */
export function redactSettings(settings: Settings): Settings {
  const copy = structuredClone(settings);
  for (const { key, path, secret, default: defaultValue } of settingFields) {
    if (secret && valueAt(settings, path) !== defaultValue)
      Object.assign(valueAt(copy, path.slice(0, -1)) as object, { [path.at(-1) ?? key]: redacted });
  }
  copy.llm_base_url = redactAll(copy.llm_base_url);
  for (const named of [...Object.values(copy.models), ...Object.values(copy.providers)]) {
    named.base_url = redactAll(named.base_url);
    if (named.api_key !== undefined) named.api_key = redacted;
  }
  for (const server of Object.values(copy.mcp.servers)) {
    if (server.args !== undefined) server.args = server.args.map((argument) => String(redactSecrets(argument)));
    if (server.url !== undefined) server.url = redactAddress(server.url);
  }
  return copy;
}

/** The exact values that must appear nowhere: secret settings with another value than the default. */
export function secretsOf(settings: Settings): string[] {
  const keys = [...Object.values(settings.models), ...Object.values(settings.providers)].flatMap(({ api_key }) => api_key ?? []);
  const given = settingFields.flatMap(({ path, secret, default: defaultValue }) => {
    const value = secret ? valueAt(settings, path) : undefined;
    return typeof value === 'string' && value !== defaultValue ? [value] : [];
  });
  return [...given, ...keys];
}
