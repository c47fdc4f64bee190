import { expect, it } from 'vitest';
import { describeProviders } from '../../../src/operations/doctor/describe-providers.ts';

it('says of each provider what it is, where it is and whether it has its key, and never the key', () => {
  const described = describeProviders({
    work: { kind: 'openai', model: 'gpt-5', api_key: 'key-of-work' },
    home: { kind: 'llama-server', base_url: 'http://user:word@127.0.0.1:8080/v1?key=hidden' },
    slow: { kind: 'openai', model: 'gpt-5', api_key: 'key-of-work', tokens_per_minute: 30000, requests_per_minute: 5, min_interval: 0.5 },
    cloud: { kind: 'azure', api_key_env: 'CLOUD_KEY' },
    wrong: { kind: 'openai', api_key: 'sk-ant-hidden' },
    typo: { kind: 'opnai' },
  });
  expect(described.map(({ text }) => text)).toEqual([
    'work: OpenAI at https://api.openai.com/v1, model gpt-5, with its key',
    'home: llama-server at http://127.0.0.1:8080/v1, without a key',
    'slow: OpenAI at https://api.openai.com/v1, model gpt-5, with its key, at most 30000 tokens a minute and 5 requests a minute and a request every 0.5 s',
    'cloud: The provider cloud (Azure OpenAI) needs a key, and there is none.',
    'wrong: The key of wrong (OpenAI) is one of Anthropic.',
    'typo: providers.typo has the kind "opnai", which this program does not know.',
  ]);
  expect(described.map(({ problem }) => problem?.hint?.split(' ').slice(0, 2).join(' '))).toEqual([
    undefined,
    undefined,
    undefined,
    'Set CLOUD_KEY',
    expect.any(String),
    'Did you',
  ]);
  expect(JSON.stringify(described)).not.toMatch(/key-of-work|hidden|word@/);
});
