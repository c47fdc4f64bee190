import { expect, it } from 'vitest';
import { completeSettings } from '../../../src/config/complete-settings.ts';
import type { SettingsInput } from '../../../src/config/settings-schema.ts';
import { describeDestinations, describeFallback } from '../../../src/operations/doctor/describe-destinations.ts';

const names: Readonly<Record<string, string>> = { 'api.openai.com': '203.0.113.7', gpu: '192.168.0.7' };
const lookUp = (host: string) => {
  const address = names[host];
  return address === undefined ? Promise.reject(new Error('no such host')) : Promise.resolve([{ address, family: 4 }]);
};

const settings = (more: SettingsInput = {}) =>
  completeSettings({
    llm_base_url: 'http://127.0.0.1:8080',
    providers: {
      work: { kind: 'openai', model: 'large', api_key: 'key-of-work' },
      house: { kind: 'llama-server', base_url: 'http://gpu:8080' },
      here: { kind: 'llama-server', base_url: 'http://127.0.0.1:8081' },
      gone: { kind: 'openai', base_url: 'https://gone.example' },
      wrong: { kind: 'opnai' },
    },
    ...more,
  });

it('says of each provider how far away it is, and what to type where it may not be asked', async () => {
  expect(await describeDestinations(settings({ allow_remote: ['gpu:8080'] }), lookUp)).toEqual([
    'work: api.openai.com, elsewhere: not asked without --allow-remote api.openai.com',
    'house: gpu:8080, this network',
    'here: this machine',
    'gone: gone.example cannot be looked up now: not asked without --allow-remote gone.example',
    'wrong: this machine',
  ]);
});

it('says of all but this machine that it is not asked in private, whatever is allowed', async () => {
  expect((await describeDestinations(settings({ allow_remote: true, private: true }), lookUp)).slice(0, 3)).toEqual([
    'work: api.openai.com, elsewhere: not asked, because of private',
    'house: gpu:8080, this network: not asked, because of private',
    'here: this machine',
  ]);
});

it('says what stands in, in its order, and what is wrong with the list', async () => {
  expect(await describeFallback(settings(), lookUp)).toBeUndefined();
  expect(await describeFallback(settings({ fallback: ['default', 'work/small'], allow_remote: ['api.openai.com'] }), lookUp)).toEqual({
    check: 'fallback',
    state: 'ok',
    message: 'where a model is not available: default (this machine), then work/small (api.openai.com, elsewhere)',
  });
  expect(await describeFallback(settings({ fallback: ['wrok'] }), lookUp)).toMatchObject({
    state: 'problem',
    message: expect.stringContaining('fallback names the model "wrok"') as string,
  });
});
