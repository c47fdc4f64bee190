import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { requirePackage } from '../../../../src/llm/providers/anthropic/require-package.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** Imports a file that stands where Anthropic's package is not installed, so that the error is the one that Node throws. */
function importing(text: string): () => Promise<unknown> {
  const folder = temporaryFolder();
  // Beneath `node_modules`, where the test runner leaves imports to Node.
  const file = join(folder, 'node_modules', 'there', 'main.mjs');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return () => import(/* @vite-ignore */ pathToFileURL(file).href);
}

it('a missing package is named, with the command that installs it', async () => {
  await expect(requirePackage('work', importing("import '@anthropic-ai/sdk';"))).rejects.toMatchObject({
    code: 'provider.package_missing',
    kind: 'configuration',
    message: 'The provider work (Anthropic) needs the package @anthropic-ai/sdk, which is not installed.',
    hint: expect.stringContaining('npm install @anthropic-ai/sdk') as string,
  });
});

it('what is missing or broken besides is told as it is', async () => {
  await expect(requirePackage('work', importing("import 'no-such-package-at-all';"))).rejects.toMatchObject({
    code: 'ERR_MODULE_NOT_FOUND',
  });
  await expect(requirePackage('work', importing("throw new Error('broken');"))).rejects.toThrow('broken');
});
