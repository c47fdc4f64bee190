import { BlockList, isIP } from 'node:net';

/** How far away something is. `this_network`: private and link-local ranges, and those of private overlays such as Tailscale. */
export const distances = ['this_machine', 'this_network', 'elsewhere'] as const;
export type Where = (typeof distances)[number];

/** For people, behind the name of a host. */
export const placeWords: Readonly<Record<Where, string>> = {
  this_machine: 'this machine',
  this_network: 'this network',
  elsewhere: 'elsewhere',
};

function listOf(subnets: readonly [string, number][]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of subnets) list.addSubnet(address, bits, address.includes(':') ? 'ipv6' : 'ipv4');
  return list;
}

const machine = listOf([
  ['127.0.0.0', 8],
  ['::1', 128],
]);
const network = listOf([
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['fc00::', 7],
  ['fe80::', 10],
]);

/** Where an IP address leads; IPv4 written as IPv6 counts as IPv4. What is no address counts as elsewhere. */
export function whereIs(address: string): Where {
  const [plain = ''] = address.split('%', 1);
  const family = isIP(plain);
  if (family === 0) return 'elsewhere';
  const type = family === 6 ? 'ipv6' : 'ipv4';
  if (machine.check(plain, type)) return 'this_machine';
  return network.check(plain, type) ? 'this_network' : 'elsewhere';
}

/** The one that is farther away. */
export function farther(one: Where, other: Where): Where {
  return distances.indexOf(one) > distances.indexOf(other) ? one : other;
}

/** Whether an address is at most as far away as was decided. */
export function isWithin(address: string, decided: Where): boolean {
  return farther(whereIs(address), decided) === decided;
}
