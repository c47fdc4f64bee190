import { expect, it } from 'vitest';
import { jsonForm } from '../../src/agents/json-form.ts';

it.each([
  [
    { type: 'object', properties: { name: { type: 'string', description: 'who it is' }, age: { type: 'integer' } } },
    '{"name":"who it is","age":0}',
  ],
  [{ type: 'array', items: { enum: ['low', 'high'] } }, '["low or high"]'],
  [{ anyOf: [{ type: 'boolean' }, { type: 'string' }] }, 'true'],
  [{ const: 'always' }, '"always"'],
  [{}, '"…"'],
])('shows %j as a form to fill in', (schema, form) => {
  expect(jsonForm(schema)).toBe(form);
});
