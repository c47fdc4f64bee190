import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redacted, redactSecrets } from '../../src/utils/redact-secrets.ts';

const secret = 'hunter2-correct-horse';

describe('redaction', () => {
  test.each([
    ['an authorization header', `authorization: Basic ${secret}`],
    ['a header in JSON', `{"Authorization":"Bearer ${secret}"}`],
    ['a header in JSON within JSON', JSON.stringify(JSON.stringify({ authorization: secret, apiKey: secret }))],
    ['a bearer token', `sent bearer ${secret} to it`],
    ['a key of OpenAI', `key sk-proj-${secret} was refused`],
    ['a key of Anthropic', `sk-ant-api03-${secret}`],
    ['a password in an address', `GET http://user:${secret}@10.0.0.1:8080/v1 failed`],
    ['a user name in an address', `https://${secret}@example.com`],
    ['a field api_key', `api_key=${secret}&model=x`],
    ['a field apiKey', `{ apiKey: '${secret}' }`],
    ['a header x-api-key', `x-api-key: ${secret}`],
    ['a variable', `OPENAI_API_KEY=${secret}`],
    ['a token variable', `HF_TOKEN=${secret}`],
    ['a password', `password = "${secret}"`],
    ['a query', `/v1?token=${secret}`],
    ['a key of a cloud', `aws_secret_access_key = ${secret}`],
    ['a cookie', `Set-Cookie: session=${secret}; Path=/`],
  ])('takes %s out of text', (_, text) => {
    const clean = redactSecrets(text);
    expect(clean).not.toContain(secret);
    expect(clean).toContain(redacted);
  });

  test.each([
    ['of GitLab', 'glpat-abcdefghij0123456789'],
    ['of npm', `npm_${'a1'.repeat(18)}`],
    ['of Google', `AIza${'Sy'.repeat(17)}x`],
    ['of a payment service', 'sk_live_0123456789abcdef'],
    ['in three parts', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N'],
    ['that is a private key', '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0B\n-----END PRIVATE KEY-----'],
  ])('takes a token out that is known by its form: one %s', (_, token) => {
    const clean = String(redactSecrets(`it says ${token} there`));
    expect(clean).toContain(redacted);
    for (const line of token.split('\n').filter((part) => !part.startsWith('-----'))) expect(clean).not.toContain(line);
  });

  test.each([
    'prompt_tokens: 512, max_tokens=2048',
    'the api key is missing',
    'http://127.0.0.1:8080/v1/models?limit=5',
    'task-management and risk-assessment are done',
    'mail to someone@example.com about http://example.com/@scope/name',
    'unexpected token: }',
  ])('leaves ordinary text alone: %s', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });

  test('keeps what is around a secret', () => {
    expect(redactSecrets(`GET http://user:${secret}@10.0.0.1/v1 api_key=${secret}&model=x`)).toBe(
      `GET http://${redacted}@10.0.0.1/v1 api_key=${redacted}&model=x`,
    );
  });

  test.each([
    'apiKey',
    'api_key',
    'API-KEY',
    'OPENAI_API_KEY',
    'Authorization',
    'password',
    'client_secret',
    'token',
    'access_token',
    'set-cookie',
  ])('takes out the whole value of a field called %s', (name) => {
    const clean = redactSecrets({ [name]: 'x', nested: [{ [name]: { deep: 'x' } }], map: new Map([[name, 5]]) });
    expect(clean).toEqual({ [name]: redacted, nested: [{ [name]: redacted }], map: { [name]: redacted } });
  });

  test('lets it be told that a secret is absent, empty or set', () => {
    const data = { apiKey: undefined, password: '', token: null, secret: true, promptTokens: 5, tokens: 7 };
    expect(redactSecrets(data)).toEqual(data);
  });

  test('takes out the exact values handed in, wherever they are, also as a part of an address', () => {
    const odd = 'p@ss wörd/$&';
    const clean = redactSecrets(
      { text: `say ${odd}!`, list: [`q=${encodeURIComponent(odd)}`], [odd]: 1, error: new Error(odd, { cause: odd }), set: new Set([odd]) },
      { secrets: [odd] },
    );
    const json = JSON.stringify(clean);
    expect(json).not.toContain(odd);
    expect(json).not.toContain(encodeURIComponent(odd));
    expect(clean).toMatchObject({ text: `say ${redacted}!`, error: { message: redacted, cause: redacted } });
  });

  test('takes a secret that contains another one as a whole, and does not look for tiny ones', () => {
    expect(redactSecrets('abcdef abcd a', { secrets: ['abcd', 'abcdef', 'a', ''] })).toBe(`${redacted} ${redacted} a`);
  });

  test('an error becomes plain data with its message, stack, code and causes', () => {
    const error = Object.assign(new Error(`failed with sk-${secret}`, { cause: new Error('below') }), { code: 'server.not_found' });
    const clean = redactSecrets({ error });
    expect(clean).toMatchObject({ error: { name: 'Error', code: 'server.not_found', cause: { message: 'below' } } });
    expect(JSON.stringify(clean)).not.toContain(secret);
    expect((clean as { error: { stack: string } }).error.stack).toContain('redact-secrets.test');
  });

  test('a cycle becomes a word, a value that is merely shared stays', () => {
    const shared = { a: 1 };
    const data: Record<string, unknown> = { first: shared, second: shared };
    data['self'] = data;
    data['cause'] = Object.assign(new Error('x'), { data });
    expect(redactSecrets(data)).toMatchObject({ first: { a: 1 }, second: { a: 1 }, self: '[circular]', cause: { data: '[circular]' } });
  });

  test('what cannot be read or is no data becomes a word', () => {
    const data = {
      get broken(): string {
        throw new Error('no');
      },
      bytes: Buffer.from(secret),
      big: 5n,
      run: () => secret,
      date: new Date(0),
      noDate: new Date(Number.NaN),
      url: new URL(`http://a:${secret}@b.example/`),
    };
    const clean = redactSecrets(data);
    expect(clean).toMatchObject({
      broken: '[unreadable]',
      big: '5',
      run: '[function]',
      date: '1970-01-01T00:00:00.000Z',
      noDate: '[no date]',
    });
    expect(clean).toMatchObject({ bytes: `[${secret.length} bytes]`, url: `http://${redacted}@b.example/` });
  });

  test('a field called __proto__ is only a field', () => {
    const clean = redactSecrets(JSON.parse('{"__proto__": {"polluted": true}}')) as Record<string, unknown>;
    expect(clean['polluted']).toBeUndefined();
    expect(JSON.stringify(clean)).toBe('{"__proto__":{"polluted":true}}');
  });

  test('depth has an end', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 50_000; level += 1) deep = { deep };
    expect(JSON.stringify(redactSecrets(deep))).toContain('[too deep]');
  });

  test('never throws, always gives JSON, never changes what it was given', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withNullPrototype: true }),
        (value) => {
          const before = fc.stringify(value);
          expect(() => JSON.stringify(redactSecrets(value, { secrets: ['secret'] }))).not.toThrow();
          expect(fc.stringify(value)).toBe(before);
        },
      ),
    );
  });

  test.each([
    'eyJ',
    'eyJabcdefghijk.',
    '-----BEGIN PRIVATE KEY-----',
    'cookie: ',
    'a://',
    'a.',
    'authorization',
    'password ',
    'bearer ',
    'api_key:',
    'sk-',
    'http://x',
    'token=',
    "api_key='",
  ])(
    'takes time in proportion to the text: %j',
    (piece) => {
      expect(redactSecrets(piece.repeat(100_000))).toBeTypeOf('string');
    },
    5_000,
  );
});
