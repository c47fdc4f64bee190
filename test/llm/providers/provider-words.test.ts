import type { RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { startWebServer } from '../web-server.ts';
import { connectWork, refusal } from './connect-support.ts';

const key = 'sk-proj-0123456789abcdefghijklmnopqrstuvwxyz';

async function refusedBy(kind: string, answer: RequestListener) {
  const server = await startWebServer(answer);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return refusal(connectWork(kind, { address: server.address, model: 'm', apiKey: key }));
}

const answering =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
const error = (message: string, more: object = {}) => JSON.stringify({ error: { message, ...more } });

describe.each(['openai', 'azure'])('the error of the provider of kind %s', (kind) => {
  test.each<[string, RequestListener, { code: string; says: RegExp[] }]>([
    [
      'a wrong key, which is not repeated',
      answering(401, error(`Incorrect API key provided: ${key}.`, { code: 'invalid_api_key' })),
      {
        code: 'server.unauthorized',
        says: [/^The provider work \(.*\) refuses the key it was given \(HTTP 401\): Incorrect API key/, /key of providers\.work/],
      },
    ],
    [
      'a key of this machine whose clock is off',
      answering(401, error('Token expired.'), { date: 'Thu, 01 Jan 2015 00:00:00 GMT' }),
      { code: 'server.unauthorized', says: [/The clock of this machine is \d+ hours ahead of the one there/] },
    ],
    [
      'what the key may not do',
      answering(403, error('Country, region, or territory not supported', { code: 'unsupported_country_region_territory' })),
      {
        code: kind === 'openai' ? 'none' : 'provider.forbidden',
        says: [/does not allow this \(HTTP 403\): Country, region, or territory not supported/],
      },
    ],
    [
      'an address that leads elsewhere, which is not followed',
      (_, response) => void response.writeHead(302, { location: 'https://elsewhere.example/v1' }).end(),
      {
        code: 'server.redirected',
        says: [/^The provider work .* redirects to another address, and redirects are not followed/, /base_url of providers\.work/],
      },
    ],
    [
      'a page where an answer should be',
      answering(403, '<!DOCTYPE html><html><head><title>Sign in</title></head><body>…</body></html>', { 'content-type': 'text/html' }),
      {
        code: 'provider.page',
        says: [/answered with a page for people where an answer of its API was expected \(HTTP 403\): Sign in/, /base_url/],
      },
    ],
    [
      'a quota that is used up',
      answering(402, error('Insufficient credits')),
      { code: 'provider.quota', says: [/says that its quota is used up \(HTTP 402\): Insufficient credits/, /multiagent resume --model/] },
    ],
    [
      'trouble that passes',
      answering(503, error('The engine is currently overloaded')),
      {
        code: 'server.lost',
        says: [/^The provider work .* answered with an error \(HTTP 503\): The engine is currently overloaded/, /multiagent resume/],
      },
    ],
  ])('tells %s, with what was said and what to do', async (_, answer, { code, says }) => {
    // A key that may not read the list may still chat.
    if (code === 'none') return;
    const refused = await refusedBy(kind, answer);
    expect(refused.code).toBe(code);
    for (const words of says) expect(refused.text).toMatch(words);
    expect(refused.text).not.toContain(key);
  });

  it('tells that nobody answers', async () => {
    const server = await startWebServer(() => undefined);
    await server[Symbol.asyncDispose]();
    const { code, text } = await refusal(connectWork(kind, { address: server.address, model: 'm' }));
    expect(code).toBe('server.lost');
    expect(text).toMatch(/^The provider work .* cannot be reached \(nothing listens there\)/);
  });
});

it('a clock that is right is not mentioned', async () => {
  const { text } = await refusedBy('openai', answering(401, error('No.'), { date: new Date().toUTCString() }));
  expect(text).not.toContain('clock');
});
