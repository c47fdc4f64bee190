import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { checkSyntax } from '../../../src/files/syntax/check-syntax.ts';

const require = createRequire(import.meta.url);

it('loads the grammars when the first file that needs one comes, not before', async () => {
  const isLoaded = () => require.cache[require.resolve('@vscode/tree-sitter-wasm')] !== undefined;
  await checkSyntax({ path: 'a.json', content: Buffer.from('{}') });
  await checkSyntax({ path: 'README.md', content: Buffer.from('x') });
  expect(isLoaded()).toBe(false);
  await checkSyntax({ path: 'a.py', content: Buffer.from('x = 1\n') });
  expect(isLoaded()).toBe(true);
});
