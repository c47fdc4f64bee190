import { expect, it } from 'vitest';
import { farther, isWithin, whereIs } from '../../src/utils/where.ts';

it.each([
  ['127.0.0.1', 'this_machine'],
  ['127.255.0.9', 'this_machine'],
  ['::1', 'this_machine'],
  ['::ffff:127.0.0.1', 'this_machine'],
  ['10.0.0.1', 'this_network'],
  ['172.16.0.1', 'this_network'],
  ['172.31.255.255', 'this_network'],
  ['192.168.4.4', 'this_network'],
  ['169.254.169.254', 'this_network'],
  ['100.64.0.1', 'this_network'],
  ['100.127.255.254', 'this_network'],
  ['fd7a:115c:a1e0::1', 'this_network'],
  ['fe80::1%eth0', 'this_network'],
  ['::ffff:192.168.0.1', 'this_network'],
  ['172.32.0.1', 'elsewhere'],
  ['100.128.0.1', 'elsewhere'],
  ['8.8.8.8', 'elsewhere'],
  ['0.0.0.0', 'elsewhere'],
  ['2001:db8::1', 'elsewhere'],
  ['::ffff:8.8.8.8', 'elsewhere'],
  ['localhost', 'elsewhere'],
  ['', 'elsewhere'],
])('%s leads to %s', (address, where) => {
  expect(whereIs(address)).toBe(where);
});

it('what is farther counts, and an address is within what is at least as far', () => {
  expect(farther('this_machine', 'this_network')).toBe('this_network');
  expect(farther('elsewhere', 'this_network')).toBe('elsewhere');
  expect([isWithin('127.0.0.1', 'elsewhere'), isWithin('10.0.0.1', 'this_machine'), isWithin('8.8.8.8', 'this_network')]).toEqual([
    true,
    false,
    false,
  ]);
});
