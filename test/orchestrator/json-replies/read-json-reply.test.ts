import { assert, jsonValue, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { readJsonReply } from '../../../src/orchestrator/json-replies/read-json-reply.ts';

it.each([
  ['a bare value', ' {"a": 1}\n', { a: 1 }],
  ['a list', '[1, 2]', [1, 2]],
  ['a text', '"yes"', 'yes'],
  ['a fence around it', '```json\n{"a": 1}\n```', { a: 1 }],
  ['words around it', 'Here it is: {"a": [1]} I hope it helps.', { a: [1] }],
  ['half a value', '{"a": [1', undefined],
  ['prose', 'I approve the work.', undefined],
  ['nothing', '', undefined],
])('reads %s', (_, text, value) => {
  expect(readJsonReply(text)).toEqual(value);
});

it('reads every value that was written out, and never throws', () => {
  assert(
    property(jsonValue(), (value) => {
      expect(readJsonReply(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  assert(property(string({ unit: 'binary' }), (text) => void readJsonReply(text)));
});
