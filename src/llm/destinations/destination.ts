import { lookup as lookupName } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { farther, isWithin, type Where, whereIs } from '../../utils/where.ts';

/** Where a request goes. */
export interface Destination {
  /** Its name or address, with the port if that is not the usual one. */
  host: string;
  where: Where;
}

/** As `lookup` of `node:dns`, asked for all addresses. */
export type LookUpName = (host: string) => Promise<{ address: string; family: number }[]>;

/** As the system does it: also from its file of hosts. */
export const systemLookUp: LookUpName = (host) =>
  new Promise((resolve, reject) => {
    lookupName(host, { all: true }, (error, addresses) => (error === null ? resolve(addresses) : reject(error)));
  });

function isLocalhost(host: string): boolean {
  return host === 'localhost' || host === 'localhost.';
}

/** Where an address leads now. A name leads as far as the farthest of its addresses; `localhost` is this machine by definition, see `lookUpWithin`. @throws what the look-up throws. */
export async function destinationOf({ hostname, host }: URL, lookUp: LookUpName = systemLookUp): Promise<Destination> {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isLocalhost(bare)) return { host, where: 'this_machine' };
  if (isIP(bare) !== 0) return { host, where: whereIs(bare) };
  const addresses = await lookUp(bare);
  if (addresses.length === 0) return { host, where: 'elsewhere' };
  return { host, where: addresses.map(({ address }) => whereIs(address)).reduce(farther) };
}

/**
 * Looks names up for connections whose destination was decided: addresses that are farther away are left out, so that a name which has changed its address meanwhile
 * leads nowhere else.
 */
export function lookUpWithin(decided: Where, lookUp: LookUpName = systemLookUp): LookupFunction {
  const answer = async (...[host, { all }, callback]: Parameters<LookupFunction>) => {
    let found: Awaited<ReturnType<LookUpName>>;
    try {
      found = usable(host, decided, await lookUp(host));
    } catch (error) {
      callback(error as NodeJS.ErrnoException, all === true ? [] : '', 0);
      return;
    }
    if (all === true) callback(null, found);
    else callback(null, found[0]?.address ?? '', found[0]?.family);
  };
  return (...asked) => void answer(...asked);
}

function usable(host: string, decided: Where, addresses: Awaited<ReturnType<LookUpName>>): typeof addresses {
  const near = addresses.filter(({ address }) => isWithin(address, decided));
  if (near.length > 0) return near;
  if (isLocalhost(host)) return [{ address: '127.0.0.1', family: 4 }];
  throw new Error(`the name ${host} leads to another address than a moment ago`);
}
