import { describe, expect, it } from 'vitest';
import { loadNativeLibrary, type NativeLibrary } from '../../../src/llm/embedded/native-library.ts';

describe('the optional native library', () => {
  it('is asked for with the exact command when it is missing', async () => {
    // A package that nobody has installed, so that the error is the one that Node really throws.
    const missing = 'node-llama-cpp-that-is-not-installed';
    await expect(loadNativeLibrary(() => import(missing) as Promise<NativeLibrary>)).rejects.toMatchObject({
      code: 'embedded.not_installed',
      hint: 'Run: npm install node-llama-cpp@^3.21.1',
    });
  });

  it('hands on errors that are no missing package', async () => {
    await expect(loadNativeLibrary(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
