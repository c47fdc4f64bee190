import { expect, it } from 'vitest';
import { aboutTime } from '../../../src/orchestrator/time-left/about-time.ts';

it.each([
  [0, 'under a minute'],
  [59_999, 'under a minute'],
  [60_000, 'about 1 min'],
  [100_000, 'about 2 min'],
  [59.4 * 60_000, 'about 59 min'],
  [59.6 * 60_000, 'about 1 h'],
  [97 * 60_000, 'about 1 h 40 min'],
  [118 * 60_000, 'about 2 h'],
])('%d ms are told as "%s"', (milliseconds, told) => expect(aboutTime(milliseconds)).toBe(told));
