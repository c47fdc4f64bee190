import { EnvHttpProxyAgent } from 'undici';
import { withoutCredentials } from '../../llm/server/require-local-address.ts';
import { downloadError } from './download-error.ts';

/** The proxies through which this machine reaches others, from its environment. */
export interface Proxies {
  http?: string | undefined;
  https?: string | undefined;
  /** Hosts that are reached without a proxy, separated by commas. */
  except?: string | undefined;
}

/** Reads the usual variables in both spellings; lower case wins, as with curl. */
export function proxiesOf(environment: Readonly<Record<string, string | undefined>>): Proxies {
  const [http, https, all, except] = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].map(
    (name) => environment[name] || environment[name.toUpperCase()] || undefined,
  );
  return { http: http ?? all, https: https ?? all, except };
}

/** As in curl, a proxy without a scheme speaks HTTP. Of SOCKS only version 5 is supported, and the proxy resolves host names. */
const schemes: readonly (readonly [RegExp, string])[] = [
  [/^(?![a-z][a-z\d+.-]{0,20}:\/\/)(?=\[?[\w.:-]+\]?:\d{1,5}\/?$)/i, 'http://'],
  [/^socks5?h?:\/\//i, 'socks5://'],
];

function withScheme(proxy: string): string {
  return schemes.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), proxy.trim());
}

const agents = new Map<string, EnvHttpProxyAgent>();
/** Servers on this machine are never reached through a proxy. */
const here = 'localhost,127.0.0.1,[::1]';

/**
 * An agent that sends requests through the proxies; undefined if there are none.
 * @throws MultiagentError `download.bad_proxy`
 */
export function proxyAgent({ http = '', https = '', except = '' }: Proxies): EnvHttpProxyAgent | undefined {
  if (http === '' && https === '') return undefined;
  const key = JSON.stringify([http, https, except]);
  try {
    // Missing values are set to empty texts, because the agent would read them from the environment.
    const agent =
      agents.get(key) ??
      new EnvHttpProxyAgent({
        httpProxy: withScheme(http),
        httpsProxy: withScheme(https),
        noProxy: except === '*' ? '*' : `${except},${here}`,
      });
    agents.set(key, agent);
    return agent;
  } catch (cause) {
    throw downloadError('bad_proxy', `The proxy ${proxyFor('https:', { http, https })} cannot be used.`, {
      hint: 'HTTPS_PROXY has to be an address such as http://proxy.example:3128 or socks5://proxy.example:1080; SOCKS 4 is not supported.',
      cause,
    });
  }
}

/** The proxy for an address, safe to show. */
export function proxyFor(protocol: string, { http, https }: Proxies): string | undefined {
  const proxy = protocol === 'https:' ? https : http;
  return proxy === undefined || proxy === '' ? undefined : withoutCredentials(proxy);
}
