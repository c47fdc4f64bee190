import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ModelHealth } from '../../../src/llm/fallback/model-health.ts';

const lost = { code: 'server.lost', message: 'It is gone.', retryAfter: undefined };

describe('a model that was lost', () => {
  it('is tried once soon, then after pauses that double up to an hour', () => {
    const health = new ModelHealth();
    const pauses = Array.from({ length: 10 }, () => {
      health.failed('m', lost, 0);
      return [0, 30, 60, 120, 240, 480, 960, 1920, 3600].find((seconds) => health.stateOf('m', seconds * 1000) === 'trial');
    });
    expect(pauses).toEqual([0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    expect(health.why('m')).toBe('It is gone.');
  });

  test.each<[what: string, error: Parameters<ModelHealth['failed']>[1], seconds: number]>([
    ['is left alone as long as its server asks', { ...lost, retryAfter: 90_000 }, 90],
    ['is left alone for ten minutes where its quota is used up', { ...lost, code: 'provider.quota' }, 600],
  ])('%s', (_, error, seconds) => {
    const health = new ModelHealth();
    health.failed('m', error, 5000);
    expect(health.stateOf('m', 5000 + seconds * 1000 - 1)).toBe('down');
    expect(health.stateOf('m', 5000 + seconds * 1000)).toBe('trial');
    expect(health.stateOf('other', 5000)).toBe('up');
  });

  it('is up again after one success, however often it had failed, and always has a time at which it is tried', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(10_000_000)), { minLength: 1 }), (waits) => {
        const health = new ModelHealth();
        let now = 0;
        for (const wait of waits) {
          if (wait === null) health.succeeded('m');
          else health.failed('m', { ...lost, retryAfter: wait }, now);
          const soon = wait === null ? now : now + Math.max(wait, 3_600_000);
          expect([health.stateOf('m', soon), health.why('m')]).toEqual(wait === null ? ['up', undefined] : ['trial', lost.message]);
          now += wait ?? 0;
        }
      }),
    );
  });
});
