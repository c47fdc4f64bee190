import { describe, expect, it } from 'vitest';
import { destinationOf, type LookUpName, lookUpWithin } from '../../../src/llm/destinations/destination.ts';

const leadsTo =
  (...addresses: string[]): LookUpName =>
  () =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
const never: LookUpName = (host) => Promise.reject(new Error(`${host} was looked up`));

describe('destinationOf', () => {
  it.each([
    ['http://127.0.0.1:8080/v1', '127.0.0.1:8080', 'this_machine'],
    ['http://[::1]:8080/v1', '[::1]:8080', 'this_machine'],
    ['http://localhost:8080/v1', 'localhost:8080', 'this_machine'],
    ['http://2130706433/v1', '127.0.0.1', 'this_machine'],
    ['http://192.168.0.7/v1', '192.168.0.7', 'this_network'],
    ['https://1.1.1.1/v1', '1.1.1.1', 'elsewhere'],
  ])('%s is %s, %s, without looking anything up', async (address, host, where) => {
    expect(await destinationOf(new URL(address), never)).toEqual({ host, where });
  });

  it.each([
    [['127.0.0.1', '::1'], 'this_machine'],
    [['127.0.0.1', '10.0.0.1'], 'this_network'],
    [['10.0.0.1', '8.8.8.8', '127.0.0.1'], 'elsewhere'],
    [[], 'elsewhere'],
  ])('a name that leads to %j is as far away as the farthest', async (addresses, where) => {
    expect(await destinationOf(new URL('https://models.example/v1'), leadsTo(...addresses))).toEqual({ host: 'models.example', where });
  });
});

describe('lookUpWithin', () => {
  const look = (decided: 'this_machine' | 'this_network' | 'elsewhere', lookUp: LookUpName, host = 'models.example', all = true) =>
    new Promise((resolve, reject) => {
      lookUpWithin(decided, lookUp)(host, { all }, (error, found) => (error === null ? resolve(found) : reject(error)));
    });

  it('gives only addresses that are no farther than was decided', async () => {
    const lookUp = leadsTo('8.8.8.8', '10.0.0.1', '127.0.0.1');
    expect(await look('this_machine', lookUp)).toEqual([{ address: '127.0.0.1', family: 4 }]);
    expect(await look('this_network', lookUp)).toHaveLength(2);
    expect(await look('elsewhere', lookUp)).toHaveLength(3);
    expect(await look('this_network', lookUp, 'models.example', false)).toBe('10.0.0.1');
  });

  it('refuses a name that leads elsewhere than a moment ago', async () => {
    await expect(look('this_machine', leadsTo('8.8.8.8'))).rejects.toThrow(
      'the name models.example leads to another address than a moment ago',
    );
  });

  it('never lets localhost lead away, whatever the file of hosts says', async () => {
    expect(await look('this_machine', leadsTo('8.8.8.8'), 'localhost')).toEqual([{ address: '127.0.0.1', family: 4 }]);
  });
});
