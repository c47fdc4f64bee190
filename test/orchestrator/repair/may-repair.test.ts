import { describe, expect, test } from 'vitest';
import { mayRepair } from '../../../src/orchestrator/repair/may-repair.ts';

describe('who repairs programs', () => {
  test.each(['tips.py', 'src/lib/card.ts', 'main.go', 'package.json'])('may change %s', (path) => {
    expect(mayRepair('programs', path)).toBe(true);
  });

  test.each([
    'test_tips.py',
    'tests.py',
    'tests/tips.py',
    'card.test.ts',
    'conftest.py',
    'a/b/pytest.ini',
    'vitest.config.mts',
    'jest.setup.js',
    'sitecustomize.py',
    'README.md',
    'Dockerfile',
  ])('must not change %s', (path) => {
    expect(mayRepair('programs', path)).toBe(false);
  });
});

describe('who repairs tests', () => {
  test.each([
    ['test_tips.py', true],
    ['tests.py', true],
    ['tests/conftest.py', false],
    ['tips.py', false],
    ['README.md', false],
  ])('%s: %s', (path, expected) => {
    expect(mayRepair('tests', path)).toBe(expected);
  });
});
