import { farther, type Where } from '../../utils/where.ts';
import { destinationOf } from '../destinations/destination.ts';
import type { ModelConnection } from '../model-connection.ts';
import type { ModelPrice } from '../model-price.ts';
import { type GivenPrices, wholePrices } from './given-prices.ts';
import { shippedPriceOf } from './shipped-prices.ts';

export interface PriceConnectionOptions {
  /** What the settings say of a model there; undefined: nothing. */
  givenFor: (model: string) => GivenPrices | undefined;
  /** See `wholePrices`. */
  cacheWriteFactor?: number | undefined;
}

/**
 * The connection with the prices of its models. What the settings say counts anywhere. Else models on this machine and in this network cost nothing, and for those elsewhere
 * the program's own table is asked. A connection that knows its prices itself is left as it is.
 */
export async function priceConnection(
  connection: ModelConnection,
  { givenFor, cacheWriteFactor }: PriceConnectionOptions,
): Promise<ModelConnection> {
  if (connection.priceOf !== undefined) return connection;
  const { server, servers = [server], defaultModel } = connection;
  const where = server.engine === 'embedded' ? 'this_machine' : await farthestOf(servers.map(({ address }) => address));
  const host = URL.parse(server.address)?.host ?? '';
  return {
    ...connection,
    priceOf(model = defaultModel): ModelPrice {
      const given = givenFor(model);
      if (given !== undefined) return { kind: 'priced', prices: wholePrices(given, cacheWriteFactor) };
      if (where !== 'elsewhere') return { kind: 'free' };
      const prices = shippedPriceOf(host, model);
      return prices === undefined ? { kind: 'unknown' } : { kind: 'priced', prices };
    },
  };
}

/** A name that cannot be looked up counts as elsewhere: nothing is then taken to be free that may not be. */
async function farthestOf(addresses: readonly string[]): Promise<Where> {
  const all = addresses.map(async (address): Promise<Where> => {
    const url = URL.parse(address);
    if (url === null) return 'elsewhere';
    return destinationOf(url).then(
      ({ where }) => where,
      () => 'elsewhere' as const,
    );
  });
  return (await Promise.all(all)).reduce(farther, 'this_machine');
}
