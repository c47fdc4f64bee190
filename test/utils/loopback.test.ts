import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopbackAddress } from '../../src/utils/loopback.ts';

describe('isLoopbackAddress', () => {
  it.each([
    'http://127.0.0.1:8080/v1',
    'https://127.0.0.1',
    'http://127.255.255.254',
    'http://localhost:8080/v1',
    'http://LOCALHOST',
    'http://localhost.:8080',
    'http://[::1]:8080/v1',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://user:secret@127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
  ])('accepts %s, which stays on this machine', (address) => {
    expect(isLoopbackAddress(address)).toBe(true);
  });

  it.each([
    'http://localhost.evil.com',
    'http://127.0.0.1.evil.com',
    'http://127.0.0.1@evil.com/',
    'http://localhost@evil.com/',
    'http://127.0.0.1%2eevil.com/',
    'http://evil.com/127.0.0.1',
    'http://evil.com#localhost',
    'http://notlocalhost',
    'http://sub.localhost',
    'http://128.0.0.1',
    'http://126.255.255.255',
    'http://0.0.0.0:8080',
    'http://192.168.1.10',
    'http://[::]/',
    'http://[::2]/',
    'http://[::ffff:10.0.0.1]/',
    'ftp://127.0.0.1',
    'file://localhost/etc/passwd',
    '127.0.0.1:8080',
    'localhost',
    'localhost:8080',
    '',
    'http://',
  ])('refuses %s', (address) => {
    expect(isLoopbackAddress(address)).toBe(false);
  });

  it('is decided by the first number of an IPv4 address alone', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(byte, byte, byte, byte, (a, b, c, d) => {
        expect(isLoopbackAddress(`http://${a}.${b}.${c}.${d}:1234/v1`)).toBe(a === 127);
      }),
    );
  });
});
