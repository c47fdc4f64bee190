import { defineConfig } from 'vitest/config';

/** Tests against a real llama-server: `npm run test:llama`. One server with one slot serves them in turn. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    include: ['test/llama/**/*.llama.ts'],
    globalSetup: ['test/llama/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
