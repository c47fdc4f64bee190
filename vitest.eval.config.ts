import { defineConfig } from 'vitest/config';

/** Every task of the proving ground against its own solutions: `npm run test:eval`. Compilers and browsers take their time. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    include: ['test/eval/**/*.eval.ts'],
    reporters: ['verbose'],
    fileParallelism: false,
    maxConcurrency: 2,
    // Four checks of at most 15 minutes each: the limit of each check is the task's own.
    testTimeout: 3_600_000,
  },
});
