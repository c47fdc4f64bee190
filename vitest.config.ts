import { defineConfig } from 'vitest/config';
import { processTests } from './test/support/process-tests.ts';

const processes = processTests(import.meta.dirname);

export default defineConfig({
  test: {
    setupFiles: ['test/support/property-tests.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'code',
          include: ['test/**/*.test.ts'],
          exclude: processes,
          // Left to itself, vitest leaves one processor idle: of two that is half of the machine.
          maxWorkers: '100%',
          // Generous for slow machines; nothing waits for it to pass.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: processes,
          // What they start needs the other processors.
          maxWorkers: '50%',
          // Started processes, terminals and real inference get what a busy machine leaves over.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          // Behind the others, so that they do not take the machine from each other.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
