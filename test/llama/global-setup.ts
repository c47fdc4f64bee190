import type { TestProject } from 'vitest/node';
import { findLlamaServer } from './find-llama-server.ts';
import { startLlamaServer } from './start-llama-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the real llama-server, for tests that need one of their own. */
    llamaProgram: string;
    /** The shared one: one slot of 8192 tokens, with `/v1`. */
    llamaAddress: string;
  }
}

/** Starts the server that most tests share. Returns what ends it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const program = findLlamaServer();
  const server = await startLlamaServer({ program });
  project.provide('llamaProgram', program);
  project.provide('llamaAddress', server.address);
  return () => server.stop();
}
