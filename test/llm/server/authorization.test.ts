import { describe, expect, it } from 'vitest';
import { authorization } from '../../../src/llm/server/authorization.ts';

describe('authorization', () => {
  it.each([
    [undefined, {}],
    ['', {}],
    [' \n', {}],
    ['sk-1', { authorization: 'Bearer sk-1' }],
    ['sk-1\n', { authorization: 'Bearer sk-1' }],
  ])('of %j is %j', (key, header) => {
    expect(authorization(key)).toEqual(header);
  });

  it.each(['sk-secret\r\nx-evil: 1', 'sk secret', 'sk-secret…'])('refuses %j without quoting it', (key) => {
    expect(() => authorization(key)).toThrow(
      expect.objectContaining({ kind: 'configuration', code: 'server.bad_key', message: expect.not.stringContaining('secret') }),
    );
  });
});
