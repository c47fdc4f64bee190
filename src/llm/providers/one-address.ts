import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { ConnectProviderOptions, Provider } from './provider.ts';

/**
 * The address of a provider that is reached at one.
 * @throws MultiagentError `provider.no_address`, `provider.several_addresses`.
 */
export function oneAddress({ title, address: usual }: Provider, { name, address = usual, servers }: ConnectProviderOptions): string {
  if (servers === undefined && address !== undefined) return address;
  const hint = `Set base_url of providers.${name} to the address that ${title} gives for it.`;
  throw new MultiagentError(
    servers === undefined
      ? {
          category: 'usage',
          code: 'provider.no_address',
          message: `The provider ${name} (${title}) needs an address, and there is none.`,
          hint,
        }
      : {
          category: 'usage',
          code: 'provider.several_addresses',
          message: `The provider ${name} (${title}) has ${servers.length} addresses, and is reached at one.`,
          hint: `${hint} Further ones are providers of their own.`,
        },
  );
}
