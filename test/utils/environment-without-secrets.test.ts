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

  it('keeps the settings for Git in the environment, counted anew without those that hold a secret', () => {
    const environment = {
      GIT_CONFIG_COUNT: '4',
      GIT_CONFIG_KEY_0: 'user.name',
      GIT_CONFIG_VALUE_0: 'Ann',
      GIT_CONFIG_KEY_1: 'http.https://example.com/.extraHeader',
      GIT_CONFIG_VALUE_1: 'AUTHORIZATION: basic eDp5',
      GIT_CONFIG_KEY_2: 'user.email',
      GIT_CONFIG_VALUE_2: 'the-exact-secret',
      GIT_CONFIG_KEY_3: 'core.autocrlf',
      GIT_CONFIG_VALUE_3: 'false',
    };
    expect(environmentWithoutSecrets(environment, { secrets: ['the-exact-secret'] })).toEqual({
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'user.name',
      GIT_CONFIG_VALUE_0: 'Ann',
      GIT_CONFIG_KEY_1: 'core.autocrlf',
      GIT_CONFIG_VALUE_1: 'false',
    });
  });

  it.each([
    { GIT_CONFIG_COUNT: '1' },
    { GIT_CONFIG_COUNT: 'many', GIT_CONFIG_KEY_0: 'a.b', GIT_CONFIG_VALUE_0: 'c' },
    { GIT_CONFIG_KEY_0: 'a.b' },
  ])('leaves out settings for Git that Git would refuse: %j', (environment) => {
    expect(environmentWithoutSecrets(environment)).toEqual({});
  });
});
