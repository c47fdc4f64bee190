import { EnvHttpProxyAgent } from 'undici';
import { withoutCredentials } from '../../llm/server/require-local-address.ts';
import { downloadError } from './download-error.ts';

/** Through which proxies this machine reaches others, as its environment says. */
export interface Proxies {
  http?: string | undefined;
  https?: string | undefined;
  /** Hosts that are reached without one, between commas. */
  except?: string | undefined;
}

/** The variables that programs look at, in both spellings; small letters first, as curl does. */
export function proxiesOf(environment: Readonly<Record<string, string | undefined>>): Proxies {
  const [http, https, all, except] = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].map(
    (name) => environment[name] || environment[name.toUpperCase()] || undefined,
  );
  return { http: http ?? all, https: https ?? all, except };
}

/** As curl has them: a proxy without a scheme speaks HTTP, and of SOCKS only version 5 is spoken, which finds hosts by their names. */
const schemes: readonly (readonly [RegExp, string])[] = [
  [/^(?![a-z][a-z\d+.-]{0,20}:\/\/)(?=\[?[\w.:-]+\]?:\d{1,5}\/?$)/i, 'http://'],
  [/^socks5?h?:\/\//i, 'socks5://'],
];

function withScheme(proxy: string): string {
  return schemes.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), proxy.trim());
}

const agents = new Map<string, EnvHttpProxyAgent>();
/** What is on this machine is never reached through another one. */
const here = 'localhost,127.0.0.1,[::1]';

/**
 * What sends requests through proxies; undefined where there is none.
 * @throws MultiagentError `download.bad_proxy`
 */
export function proxyAgent({ http = '', https = '', except = '' }: Proxies): EnvHttpProxyAgent | undefined {
  if (http === '' && https === '') return undefined;
  const key = JSON.stringify([http, https, except]);
  try {
    // What is not set is set to nothing: it would be looked up in the environment.
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
    throw downloadError('bad_proxy', `The proxy ${proxyFor('https:', { http, https })} is none that can be used.`, {
      hint: 'HTTPS_PROXY has to be an address such as http://proxy.example:3128 or socks5://proxy.example:1080; SOCKS 4 is not spoken.',
      cause,
    });
  }
}

/** The proxy for an address, as it may be shown. */
export function proxyFor(protocol: string, { http, https }: Proxies): string | undefined {
  const proxy = protocol === 'https:' ? https : http;
  return proxy === undefined || proxy === '' ? undefined : withoutCredentials(proxy);
}
