import { describe, expect, it } from 'vitest';
import { secondsOf, stepTime } from '../../src/workflows/step-time.ts';

describe('a time of a step', () => {
  it.each<[string | number, number]>([
    [90, 90],
    [0.5, 0.5],
    ['30s', 30],
    ['10m', 600],
    ['2h', 7200],
    [' 3 D ', 259_200],
    ['2w', 1_209_600],
    ['366d', 31_622_400],
  ])('%j is so many seconds: %d', (given, seconds) => {
    expect(secondsOf(given)).toBe(seconds);
    expect(stepTime.safeParse(given).success).toBe(true);
  });

  it.each([0, -1, 31_622_401, '367d', '', '10', 's', '1.5h', '-3m', '1m 2s', '0s', '9999999s'])('%j is none', (given) => {
    expect(secondsOf(given)).toBeUndefined();
    expect(stepTime.safeParse(given).error?.issues[0]?.message).toContain('such as 30s, 10m, 2h or 3d');
  });
});
