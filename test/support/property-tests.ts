import process from 'node:process';
import * as fc from 'fast-check';

/**
 * Property tests take the same inputs each time, so that a change is judged by itself; `FAST_CHECK_SEED=random`, or a number, takes others, and
 * `FAST_CHECK_RUNS` more of them.
 */
const { FAST_CHECK_SEED: seed = '20261121', FAST_CHECK_RUNS: runs } = process.env;
fc.configureGlobal({
  ...(seed === 'random' ? {} : { seed: Number(seed) }),
  ...(runs === undefined ? {} : { numRuns: Number(runs) }),
});
