import { redacted } from '../utils/redact-secrets.ts';
import { settingFields, valueAt } from './setting-fields.ts';
import type { Settings } from './settings-schema.ts';

function redactAddress(address: string): string {
  const url = URL.parse(address);
  if (url === null) return redacted;
  if (url.username === '' && url.password === '' && url.search === '' && url.hash === '') return address;
  return `${url.protocol}//${url.username === '' && url.password === '' ? '' : `${redacted}@`}${url.host}${url.pathname}${url.search === '' ? '' : `?${redacted}`}`;
}

/** A copy that may be journaled and shown: secrets that are not the default are masked, and so is what an address carries besides host and path. */
export function redactSettings(settings: Settings): Settings {
  const copy = structuredClone(settings);
  for (const { key, path, secret, default: defaultValue } of settingFields) {
    if (secret && valueAt(settings, path) !== defaultValue)
      Object.assign(valueAt(copy, path.slice(0, -1)) as object, { [path.at(-1) ?? key]: redacted });
  }
  if (copy.llm_base_url !== undefined) copy.llm_base_url = redactAddress(copy.llm_base_url);
  return copy;
}
