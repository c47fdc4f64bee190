import { expect, it } from 'vitest';
import { retryAfter } from '../../../src/llm/chat/retry-after.ts';

const hour = 3_600_000;
/** By the clock of a server that is off by so much. */
const at = (off: number, later = 0) => new Date(Date.now() + off + later).toUTCString();

it.each<[string, Record<string, string>, number | undefined]>([
  ['seconds', { 'retry-after': '7' }, 7000],
  ['a date, where this clock is a day behind', { date: at(24 * hour), 'retry-after': at(24 * hour, 30_000) }, 30_000],
  ['a date, where this clock is a day ahead', { date: at(-24 * hour), 'retry-after': at(-24 * hour, 30_000) }, 30_000],
  ['a date that has passed there', { date: at(5 * hour), 'retry-after': at(4 * hour) }, 0],
  ['a date in a year', { date: at(0), 'retry-after': at(8760 * hour) }, hour],
  ['nonsense', { date: at(0), 'retry-after': 'soon' }, undefined],
  ['nothing', { date: at(0) }, undefined],
])('a server that asks to wait is waited for by its own clock: %s', (_, headers, expected) => {
  expect(retryAfter({ headers: new Headers(headers), said: '' })).toBe(expected);
});

it('a date without the clock of the server counts from now', () => {
  const wait = retryAfter({ headers: new Headers({ 'retry-after': at(0, 600_000) }), said: '' }) ?? 0;
  expect(wait).toBeGreaterThan(500_000);
  expect(wait).toBeLessThanOrEqual(600_000);
});
