import { withoutCredentials } from '../../llm/server/require-local-address.ts';

/** What `--base-url` names, one address or several with commas, without user names and passwords. */
export function shownServers(baseUrl: string): string {
  return baseUrl
    .split(',')
    .map((address) => withoutCredentials(address.trim()))
    .join(',');
}
