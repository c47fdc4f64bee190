import { defineConfig } from 'vitest/config';

/** Runs that are killed again and again: `npm run test:crash`, some minutes. A short form is among the tests of `npm test`. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    include: ['test/crash/**/*.crash.ts'],
    reporters: ['verbose'],
    fileParallelism: false,
    // Two processors are busy with this many; more only wait for each other.
    maxConcurrency: 3,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
