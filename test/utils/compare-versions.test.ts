import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, isVersion } from '../../src/utils/compare-versions.ts';

/** From the oldest to the newest. */
const inOrder = [
  '0.1.0',
  '0.2.0-alpha',
  '0.2.0-alpha.1',
  '0.2.0-alpha.beta',
  '0.2.0-beta.2',
  '0.2.0-beta.11',
  '0.2.0',
  '0.10.0',
  '1.0.0',
  '1.0.1',
];

describe('compareVersions', () => {
  it('puts versions into the order of npm', () => {
    const index = fc.integer({ min: 0, max: inOrder.length - 1 });
    fc.assert(
      fc.property(index, index, (first, second) => {
        expect(Math.sign(compareVersions(inOrder[first]!, inOrder[second]!))).toBe(Math.sign(first - second));
      }),
    );
  });

  it.each(['', '1', '1.2', 'v1.2.3', '1.2.3\n', '1.2.3-', 'latest', '1.2.3 ; rm'])('takes %j for no version', (text) => {
    expect(isVersion(text)).toBe(false);
    expect(compareVersions(text, '0.0.0')).toBeLessThan(0);
  });
});
