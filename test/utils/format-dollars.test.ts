import { expect, it } from 'vitest';
import { billionthsOf, formatDollars } from '../../src/utils/format-dollars.ts';

it.each([
  [0, '$0.00'],
  [2.5, '$2.50'],
  [1234.567, '$1234.57'],
  [0.42, '$0.42'],
  [0.4, '$0.40'],
  [0.0423, '$0.0423'],
  [0.042, '$0.042'],
  [0.0001, '$0.0001'],
  [0.000_09, 'less than $0.0001'],
  [0.000_000_001, 'less than $0.0001'],
])('%d dollars are shown as %s', (dollars, shown) => {
  expect(formatDollars(billionthsOf(dollars))).toBe(shown);
});

it.each([
  [0.009_94, 0.009_93, '$0.0099', '$0.01'],
  [2.001, 2.004, '$2.00', '$2.01'],
  [0.4, 0.400_01, '$0.40', '$0.4001'],
])('%d and %d dollars do not read the same where they are compared', (less, more, shown, other) => {
  expect(formatDollars(billionthsOf(less), 'floor')).toBe(shown);
  expect(formatDollars(billionthsOf(more), 'ceil')).toBe(other);
});
