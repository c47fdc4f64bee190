import { expect, it } from 'vitest';
import { APIConnectionError } from 'openai';
import { classifyModelError } from '../../../src/llm/chat/classify-model-error.ts';
import { wordsOfProvider } from '../../../src/llm/providers/provider-words.ts';
import { connectionTrouble } from '../../../src/llm/server/connection-trouble.ts';

it.each([
  [
    'a code that has a meaning',
    { message: 'Connection error.', cause: { message: 'fetch failed', cause: { code: 'ECONNREFUSED', message: 'connect' } } },
    'nothing listens there',
  ],
  [
    'a connection that the HTTP client lost',
    { cause: { code: 'UND_ERR_SOCKET', message: 'other side closed' } },
    'the other side closed the connection',
  ],
  [
    'a clock that is off',
    { cause: { code: 'CERT_NOT_YET_VALID', message: 'certificate is not yet valid' } },
    'its certificate is not valid yet, by the clock of this machine',
  ],
  ['another code', { cause: { code: 'EXOTIC', message: 'something exotic' } }, 'something exotic'],
  ['a code alone', { code: 'EXOTIC' }, 'EXOTIC'],
  ['nothing', {}, 'no reason given'],
  ['nothing that is printed', { message: ' \n ' }, 'no reason given'],
])('the reason of a failed connection is told in words: %s', (_, error, expected) => {
  expect(connectionTrouble(error)).toEqual(expected);
});

it('the reason of a failed connection brings no codes to a terminal', () => {
  expect(connectionTrouble({ message: '\u001b[31mred\u001b[0m' })).not.toContain('\u001b');
});

it.each([
  [
    'CERT_NOT_YET_VALID',
    /is not asked anything: its certificate is not valid yet, by the clock of this machine\./,
    /the clock of this machine is right: it says .*GMT/,
  ],
  ['CERT_HAS_EXPIRED', /has expired, by the clock of this machine/, /whoever runs that server has to renew/],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', /is signed by nobody but itself/, /NODE_EXTRA_CA_CERTS/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', /is for another host/, /Check the address/],
])('a certificate that is not taken (%s) is told with the provider and what to do, and not asked for again', (code, message, hint) => {
  const cause = new TypeError('fetch failed', { cause: Object.assign(new Error('certificate'), { code }) });
  const words = wordsOfProvider({ name: 'work', title: 'OpenAI', address: 'https://api.openai.com/v1' });
  const error = classifyModelError(new APIConnectionError({ cause }), 'https://api.openai.com/v1', 'given', words);
  expect(error).toMatchObject({ kind: 'configuration', code: 'server.certificate' });
  expect(error.message).toMatch(/^The provider work \(OpenAI at https:/);
  expect(error.message).toMatch(message);
  expect(error.hint).toMatch(hint);
});
