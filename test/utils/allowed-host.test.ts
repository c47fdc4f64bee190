import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostToAllow, isAllowedHost, isNamedWhole, readAllowedHost } from '../../src/utils/allowed-host.ts';

describe('a host that is allowed', () => {
  it.each<[string, string, string[]]>([
    [
      'any port and either protocol',
      'models.example',
      ['https://models.example/v1', 'http://models.example', 'http://models.example:8080/x?y'],
    ],
    ['one port', 'gpu:8080', ['http://gpu:8080/v1', 'https://gpu:8080']],
    ['the usual port, where it is named', 'models.example:443', ['https://models.example', 'http://models.example:443']],
    ['one address', 'https://models.example', ['https://models.example/v1', 'https://models.example:443']],
    ['one address with a port', 'http://gpu:8080/v1', ['http://gpu:8080/other']],
    ['any case', 'Models.EXAMPLE', ['https://MODELS.example']],
    ['a dot at the end', 'models.example.', ['https://models.example', 'https://models.example.:1']],
    ['a name without it, for an address with it', 'models.example', ['https://models.example.']],
    ['another alphabet', 'bücher.example', ['https://xn--bcher-kva.example', 'https://BÜCHER.example']],
    ['dots of another alphabet', 'models。example', ['https://models.example']],
    ['an address', '192.168.0.7', ['http://192.168.0.7:8080', 'http://0xc0a80007']],
    ['IPv6', '[fd00::1]', ['http://[fd00::1]:8080', 'http://[FD00:0:0:0:0:0:0:1]']],
    ['IPv6 without brackets', 'fd00::1', ['http://[fd00::1]:8080']],
    ['IPv6 with a port', '[fd00::1]:8080', ['http://[fd00::1]:8080']],
    ['spaces around it', ' models.example ', ['https://models.example']],
  ])('covers %s', (_, entry, addresses) => {
    for (const address of addresses) expect(isAllowedHost([entry], address), address).toBe(true);
  });

  it.each<[string, string, string[]]>([
    [
      'no other host',
      'models.example',
      [
        'https://sub.models.example',
        'https://example',
        'https://models.example.evil.example',
        'https://notmodels.example',
        'https://models.example@evil.example',
        'https://evil.example/models.example',
        'https://evil.example#models.example',
        'https://evil.example\\@models.example',
        'https://modеls.example',
        'ftp://models.example',
        'models.example',
        '',
      ],
    ],
    ['no other port', 'models.example:8080', ['http://models.example', 'http://models.example:80800', 'https://models.example:8081']],
    ['no other protocol', 'https://models.example', ['http://models.example', 'http://models.example:443', 'https://models.example:8443']],
    ['not the same IPv4 written as IPv6', '10.0.0.1', ['http://[::ffff:10.0.0.1]']],
    ['no other IPv6', 'fd00::1', ['http://[fd00::2]', 'http://[fd00::1:8080]']],
  ])('covers %s', (_, entry, addresses) => {
    for (const address of addresses) expect(isAllowedHost([entry], address), address).toBe(false);
  });

  it.each([
    '*',
    '*.example',
    'models.*',
    'https://*.example',
    'me@models.example',
    'https://me:secret@models.example',
    'https://models.example@evil.example',
    'models.example/v1',
    'https://models.example?x',
    'https://models.example#x',
    'https:\\\\models.example',
    'models%2eexample',
    'ftp://models.example',
    '1',
    '0xc0a80007',
    '10.1',
    'gpu',
    'feature-development',
    '20261126-132443408-8q4n',
    'Build a todo app',
    'true',
    '',
    ' ',
    '..',
    '.example',
    'models..example',
    'models.example:',
    'models.example:99999',
    'fe80::1%eth0',
    '[fd00::1',
    'http://',
  ])('is not %j, which could be taken for something else', (entry) => {
    expect(readAllowedHost(entry)).toBeUndefined();
    expect(isAllowedHost([entry], 'https://models.example')).toBe(false);
  });

  it('never covers an address whose host the HTTP client reads differently', () => {
    const host = fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
    );
    fc.assert(
      fc.property(host, host, fc.webPath(), (allowed, asked, path) => {
        const url = URL.parse(`https://${asked}${path}`);
        const same = URL.parse(`https://${allowed}`)?.hostname === url?.hostname;
        expect(isAllowedHost([allowed], `https://${asked}${path}`)).toBe(url !== null && same && readAllowedHost(allowed) !== undefined);
      }),
    );
  });

  it('is proposed so that it covers the address, and no other port where that is not the usual one', () => {
    for (const address of [
      'https://api.example.com/v1',
      'http://gpu',
      'http://gpu:8080',
      'http://[fd00::1]:1/v1',
      'https://a.example:8443',
      'http://192.0.2.7',
    ]) {
      const proposed = hostToAllow(address) ?? '';
      expect(isAllowedHost([proposed], address), proposed).toBe(true);
    }
    expect(isAllowedHost([hostToAllow('https://a.example:8443') ?? ''], 'https://a.example')).toBe(false);
    expect(hostToAllow('nonsense')).toBeUndefined();
  });
});

it('an address is named whole only with its protocol', () => {
  expect(isNamedWhole(['https://models.example'], 'https://models.example/v1')).toBe(true);
  for (const entry of ['models.example', 'models.example:443', 'http://models.example', 'https://models.example:8443'])
    expect(isNamedWhole([entry], 'https://models.example/v1'), entry).toBe(false);
});
