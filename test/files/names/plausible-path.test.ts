import { describe, expect, test } from 'vitest';
import { isPlausiblePath } from '../../../src/files/names/plausible-path.ts';
import { others, paths } from '../path-examples.ts';

const rows = (table: Record<string, readonly string[]>) =>
  Object.entries(table).flatMap(([group, names]) => names.map((name): [string, string] => [group, name]));

describe('paths', () => {
  test.each(rows(paths))('%s: %j', (_group, name) => {
    expect(isPlausiblePath(name)).toBe(true);
  });
});

describe('not paths', () => {
  test.each(rows(others))('%s: %j', (_group, name) => {
    expect(isPlausiblePath(name)).toBe(false);
  });
});
