import { stripTypeScriptTypes } from 'node:module';
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';

const require = createRequire(import.meta.url);

/** Whether a Python or TypeScript program parses without an error. Throws for a path of another language. */
export async function parses(path: string, program: string): Promise<boolean> {
  if (path.endsWith('.ts')) {
    try {
      stripTypeScriptTypes(program);
      return true;
    } catch {
      return false;
    }
  }
  if (!path.endsWith('.py')) throw new Error(`no parser for ${path}`);
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve('tree-sitter-python/tree-sitter-python.wasm')));
  const tree = parser.parse(program);
  const correct = tree !== null && !tree.rootNode.hasError;
  tree?.delete();
  parser.delete();
  return correct;
}
