import { createRequire } from 'node:module';
import type { Language, Parser } from '@vscode/tree-sitter-wasm';

type TreeSitter = typeof import('@vscode/tree-sitter-wasm');

/** The grammars, by the name of their file in the package. */
export type GrammarName =
  | 'bash'
  | 'c-sharp'
  | 'cpp'
  | 'css'
  | 'go'
  | 'java'
  | 'javascript'
  | 'php'
  | 'python'
  | 'ruby'
  | 'rust'
  | 'tsx'
  | 'typescript';

let starting: Promise<TreeSitter> | undefined;
const languages = new Map<GrammarName, Promise<Language>>();

/** A parser for one language; the caller deletes it. Runtime and grammar are loaded on first use and stay until the process ends. */
export async function createParser(name: GrammarName): Promise<Parser> {
  const { require, treeSitter } = await start();
  let language = languages.get(name);
  if (language === undefined) {
    language = treeSitter.Language.load(require.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`));
    languages.set(name, language);
  }
  const parser = new treeSitter.Parser();
  return parser.setLanguage(await language);
}

async function start(): Promise<{ require: NodeJS.Require; treeSitter: TreeSitter }> {
  const require = createRequire(import.meta.url);
  starting ??= (async () => {
    const treeSitter = require('@vscode/tree-sitter-wasm') as TreeSitter;
    await treeSitter.Parser.init();
    return treeSitter;
  })();
  return { require, treeSitter: await starting };
}
