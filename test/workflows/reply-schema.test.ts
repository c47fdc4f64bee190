import { assert, anything, property } from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { replySchemaProblems } from '../../src/workflows/reply-schema.ts';

const nested = (levels: number): object => (levels === 1 ? { type: 'string' } : { type: 'array', items: nested(levels - 1) });
const circle: Record<string, unknown> = { type: 'object' };
circle['properties'] = { again: circle };
/** Short as it is written with aliases, and endless as it is read. */
const doubled = Array.from({ length: 30 }).reduce<object>((inner) => ({ anyOf: [inner, inner] }), { type: 'string' });

const finding = { type: 'object', properties: { file: { type: 'string' }, line: { type: 'integer', minimum: 0 } }, required: ['file'] };

it.each([
  ['an object', finding],
  ['a list with bounds', { type: 'array', items: finding, minItems: 1, maxItems: 5 }],
  ['values to choose from', { enum: ['low', 'high', 3, null, true] }],
  ['several forms', { anyOf: [{ type: 'string', maxLength: 10 }, { const: 1 }] }],
  ['anything', {}],
])('lets a reply be bound by %s', (_, schema) => {
  expect(replySchemaProblems(schema)).toEqual([]);
  expect(() => z.fromJSONSchema(schema as Record<string, unknown>)).not.toThrow();
});

it.each([
  ['no schema', 'object', '', 'expected a JSON Schema, keys with values'],
  [
    'a pattern, which can take for ever',
    { type: 'string', pattern: '(a+)+$' },
    'pattern',
    'not supported in the schema of a reply; it may say type',
  ],
  ['a reference', { $ref: '#' }, '$ref', 'not supported'],
  ['an unknown type', { type: 'text' }, 'type', 'expected one of object, array'],
  ['a wrong bound', { type: 'array', maxItems: -1 }, 'maxItems', 'expected a whole number from 0'],
  [
    'a required name that is no property',
    { properties: { a: {} }, required: ['b'] },
    'required.0',
    'expected the name of one of the properties',
  ],
  [
    'a name that every object has',
    { properties: { constructor: {} } },
    'properties.constructor',
    'a name that every object has; take another',
  ],
  ['a wrong schema further in', { properties: { a: { items: { type: 'x' } } } }, 'properties.a.items.type', 'expected one of'],
  ['what is nested too deep', nested(9), 'items.items.items.items.items.items.items.items', 'nested deeper than 8 levels'],
  [
    'what goes round in a circle',
    circle,
    'properties.again.properties.again.properties.again.properties.again.properties.again.properties.again.properties.again.properties.again',
    'nested deeper than 8 levels',
  ],
  ['too long a one', { description: 'x'.repeat(8000) }, '', 'longer than 8000 characters as JSON'],
])('refuses %s, with its place', (_, schema, place, message) => {
  const [first] = replySchemaProblems(schema);
  expect(first?.path.map(String).join('.')).toBe(place);
  expect(first?.message).toContain(message);
});

it('lets eight levels be', () => {
  expect(replySchemaProblems(nested(8))).toEqual([]);
});

it('comes to an end with parts that are named many times over', () => {
  expect(replySchemaProblems(doubled)[0]?.message).toContain('nested deeper');
});

it('has an answer to any value, and what it lets through can be checked', () => {
  assert(
    property(anything(), (value) => {
      if (replySchemaProblems(value).length === 0) z.fromJSONSchema(value as Record<string, unknown>);
    }),
  );
});
