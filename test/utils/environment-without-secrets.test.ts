import { describe, expect, it } from 'vitest';
import { environmentWithoutSecrets } from '../../src/utils/environment-without-secrets.ts';

describe('environmentWithoutSecrets', () => {
  it.each([
    'PATH',
    'HOME',
    'LANG',
    'PWD',
    'JAVA_HOME',
    'GOPATH',
    'VIRTUAL_ENV',
    'NODE_OPTIONS',
    'TERM',
    'KEYBOARD',
    'TOKENIZERS_PARALLELISM',
  ])('keeps %s', (name) => {
    expect(environmentWithoutSecrets({ [name]: '/usr/bin' })).toEqual({ [name]: '/usr/bin' });
  });

  it.each([
    ['OPENAI_API_KEY', 'x'],
    ['AWS_SECRET_ACCESS_KEY', 'x'],
    ['GITHUB_TOKEN', 'x'],
    ['npm_config__authToken', 'x'],
    ['DB_PASSWORD', 'x'],
    ['PGPASSWORD', 'x'],
    ['SSH_AUTH_SOCK', 'x'],
    ['SENTRY_DSN', 'x'],
    ['DATABASE_URL', 'postgres://user:word@host/db'],
    ['HEADER', 'Bearer abcdefgh'],
    ['MINE', 'the-exact-secret'],
    ['UNSET', undefined],
  ])('leaves out %s=%s', (name, value) => {
    expect(environmentWithoutSecrets({ [name]: value }, { secrets: ['the-exact-secret'] })).toEqual({});
  });
});
