import { expect, test } from 'vitest';
import { isUnavailable } from '../../../src/llm/fallback/is-unavailable.ts';
import { ModelError, type ModelErrorKind } from '../../../src/llm/model-error.ts';

test.each<[kind: ModelErrorKind, code: string, stands: boolean]>([
  ['transient', 'server.lost', true],
  ['transient', 'server.still_loading', true],
  ['configuration', 'server.not_found', true],
  ['refused', 'provider.quota', true],
  ['refused', 'server.remote_refused', false],
  ['configuration', 'server.unauthorized', false],
  ['configuration', 'model.not_found', false],
  ['misbehaviour', 'model.empty', false],
  ['overflow', 'model.overflow', false],
])('an error of the kind %s with the code %s lets another model stand in: %s', (kind, code, stands) => {
  expect(isUnavailable(new ModelError({ kind, code, message: 'x' }))).toBe(stands);
});

test('an error of anything else does not', () => {
  expect(isUnavailable(new TypeError('x'))).toBe(false);
});
