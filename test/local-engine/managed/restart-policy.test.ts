import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRestart, usualRestartPolicy } from '../../../src/local-engine/managed/restart-policy.ts';

const minute = 60_000;

describe('whether a server that died is started again', () => {
  it.each([
    ['at the first death', [], { restart: 'after', milliseconds: 1000 }],
    ['at the third', [8 * minute, 9 * minute], { restart: 'after', milliseconds: 4000 }],
    ['at the fourth within ten minutes', [7 * minute, 8 * minute, 9 * minute], { restart: 'never' }],
    ['at the fourth of a long life', [-60 * minute, 8 * minute, 9 * minute], { restart: 'after', milliseconds: 4000 }],
  ])('%s', (_, earlier, expected) => {
    expect(decideRestart(usualRestartPolicy, earlier, 10 * minute)).toEqual(expected);
  });

  it('is never said more often within the time than the policy allows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 60 }), (gaps) => {
        const starts: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const decision = decideRestart(usualRestartPolicy, starts, now);
          if (decision.restart === 'never') continue;
          now += decision.milliseconds;
          starts.push(now);
        }
        for (const start of starts) {
          const within = starts.filter((other) => other >= start && other < start + usualRestartPolicy.withinMilliseconds - 8000);
          expect(within.length).toBeLessThanOrEqual(usualRestartPolicy.most);
        }
      }),
    );
  });
});
