import { expect, it } from 'vitest';
import { budgetOf, settingsFromOptions } from '../../src/cli/run-options.ts';

it.each([
  ['2.50', 2.5],
  ['$2.50', 2.5],
  ['0', 0],
  [' 5 ', 5],
  ['none', 'none'],
  [undefined, undefined],
])('--budget %j is the setting %j', (budget, setting) => {
  expect(settingsFromOptions({ budget }, '/home/me').budget).toBe(setting);
});

it.each(['', 'much', '-1', '1e3', '2,50', '1000001', '0x10', '1'.repeat(500)])('--budget %j is told to be no amount', (budget) => {
  expect(() => budgetOf({ budget })).toThrow(/^--budget takes a number of US dollars, or none; it was given "/);
});
