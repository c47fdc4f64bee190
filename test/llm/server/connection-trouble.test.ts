import { expect, it } from 'vitest';
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
