import { describe, expect, it } from 'vitest';
import { requireLocalAddress, withoutCredentials } from '../../../src/llm/server/require-local-address.ts';

describe('requireLocalAddress', () => {
  it('lets an address on this machine pass, and any other only where remote ones are allowed', () => {
    expect(() => requireLocalAddress('http://127.0.0.1:8080/v1', 'refused')).not.toThrow();
    expect(() => requireLocalAddress('http://192.168.0.7:8080/v1', 'allowed')).not.toThrow();
    expect(() => requireLocalAddress('http://192.168.0.7:8080/v1', 'refused')).toThrow(
      expect.objectContaining({ kind: 'refused', code: 'server.remote_refused' }),
    );
  });

  it('never shows a password', () => {
    expect(() => requireLocalAddress('http://me:secret@example.com/v1', 'refused')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });
});

describe('withoutCredentials', () => {
  it.each([
    ['http://127.0.0.1:8080/v1?api_key=abc#x', 'http://127.0.0.1:8080/v1'],
    ['no address?key=abc', 'no address'],
    ['http://me:secret@example.com:81/v1', 'http://example.com:81/v1'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['me:secret@example.com', 'example.com'],
    ['http://me:secret@[bad', 'http://[bad'],
    ['http://me:sec/ret@[bad', 'http://[bad'],
    ['nonsense', 'nonsense'],
  ])('shows %s as %s', (address, shown) => {
    expect(withoutCredentials(address)).toBe(shown);
  });
});
