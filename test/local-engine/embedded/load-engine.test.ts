import { expect, it, vi } from 'vitest';
import { loadEngine } from '../../../src/local-engine/embedded/load-engine.ts';

/** A library without a binary for this machine, as its package is where no optional package fits. */
vi.mock('../../../src/local-engine/embedded/native-library.ts', async (original) => ({
  ...(await original<object>()),
  loadNativeLibrary: () =>
    Promise.resolve({
      LlamaLogLevel: { warn: 'warn' },
      getLlama: (options: { build: string; skipDownload: boolean }) =>
        Promise.reject(new Error(options.build === 'never' && options.skipDownload ? 'NoBinaryFoundError' : 'It would compile.')),
    }),
}));

it('a machine without a binary is told so, with what to install or use instead; nothing is compiled or downloaded', async () => {
  await expect(loadEngine({ modelFile: 'a.gguf', log: () => undefined })).rejects.toMatchObject({
    code: 'embedded.no_binary',
    category: 'model',
    message: 'node-llama-cpp has no llama.cpp binary that runs on this machine: NoBinaryFoundError',
    hint: expect.stringMatching(/multiagent engine install.*Or use a llama-server instead\.$/) as string,
  });
});
