import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Generous, because some tests start processes and real inference on slow machines; nothing waits for it to pass.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: true,
    setupFiles: ['test/support/property-tests.ts'],
  },
});
