import test from 'node:test';
import assert from 'node:assert';
import { parseMinutes, formatMinutes } from './practice-time.js';

test('parseMinutes parses hours and minutes', () => {
  assert.strictEqual(parseMinutes('1h 30m'), 90);
  assert.strictEqual(parseMinutes('2h'), 120);
  assert.strictEqual(parseMinutes('45m'), 45);
});

test('parseMinutes throws on invalid input', () => {
  assert.throws(() => parseMinutes('hello'), SyntaxError);
  assert.throws(() => parseMinutes('1h 75m'), RangeError);
});

test('formatMinutes formats minutes', () => {
  assert.strictEqual(formatMinutes(90), '1h 30m');
  assert.strictEqual(formatMinutes(60), '1h');
});
