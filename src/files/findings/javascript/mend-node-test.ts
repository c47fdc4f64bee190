import type { SourceFile } from '../code-finding.ts';
import { applyLineEdits, type LineEdit, type MendedFile } from '../mend-result.ts';
import { findingLanguageOf, readFile } from '../source-context.ts';
import { applyTextEdits, type TextEdit } from '../text-edits.ts';
import { assertionFor } from './assertion-for.ts';
import { placeForImports } from './javascript-kind.ts';
import { nodeImportLines } from './mend-javascript-imports.ts';
import { readJavaScriptImports } from './read-javascript-imports.ts';
import { readJavaScriptNames } from './read-javascript-names.ts';

export interface MendNodeTestOptions extends SourceFile {
  /** What was asked for, with all words of people. */
  asked: string;
}

/** What `node:test` has, by the names that other runners give it. */
const runnerNames: Readonly<Record<string, string>> = {
  describe: 'describe',
  suite: 'suite',
  it: 'it',
  test: 'test',
  before: 'before',
  beforeAll: 'before',
  after: 'after',
  afterAll: 'after',
  beforeEach: 'beforeEach',
  afterEach: 'afterEach',
};

/**
 * Tests that were asked for with `node:test`, and that are written as for a runner whose names are there by themselves: what they use is imported, and `expect` becomes
 * `node:assert`. Undefined: nothing to mend, or something that `node:assert` says otherwise. Small models write such tests whatever they are told.
 */
export async function mendNodeTest({ path, content, asked }: MendNodeTestOptions): Promise<MendedFile | undefined> {
  const language = findingLanguageOf(path);
  if ((language !== 'javascript' && language !== 'typescript') || !/\bnode:test\b/.test(asked)) return undefined;
  const root = await readFile({ path, content });
  if (root === undefined || readJavaScriptImports(root).some(({ specifier }) => runners.test(specifier))) return undefined;
  const { uses, module } = readJavaScriptNames(root);
  const free = uses.filter(({ name, scope }) => !scope.has(name));
  const blocks = free.filter(({ name }) => Object.hasOwn(runnerNames, name));
  if (!blocks.some(({ name }) => /^(?:describe|suite|it|test)$/.test(name))) return undefined;
  const renamed = blocks.flatMap(({ name, node }): TextEdit[] => {
    const own = runnerNames[name];
    return own === undefined || own === name ? [] : [{ start: node.start, end: node.end, text: own }];
  });
  const expected = free.filter(({ name }) => name === 'expect').map(({ node }) => assertionFor(node));
  const assertions = expected.filter((edit) => edit !== undefined).toSorted((one, other) => one.start - other.start);
  const isNested = assertions.some(({ start }, at) => start < (assertions[at - 1]?.end ?? 0));
  if (assertions.length < expected.length || isNested) return undefined;
  const usesAssert = assertions.length > 0 && !module.names.has('assert');
  const lines = nodeImportLines(
    [
      ...(usesAssert || free.some(({ name }) => name === 'assert') ? [{ kind: 'module' as const, name: 'assert', module: 'assert' }] : []),
      ...[...new Set(blocks.map(({ name }) => runnerNames[name] ?? name))].map((name) => ({ kind: 'name' as const, name, module: 'test' })),
    ],
    { content, path, root },
  );
  const at = placeForImports(content, root);
  if (at === undefined) return undefined;
  const inserted = lines.map((line): LineEdit => ({ kind: 'insert', at, line }));
  // What else is changed comes after the place of the imports.
  const mended = applyLineEdits(applyTextEdits(content, [...renamed, ...assertions]), inserted);
  if ((await readFile({ path, content: mended })) === undefined) return undefined;
  return {
    content: mended,
    changes: [...lines.map((line) => `added \`${line}\``), ...(assertions.length === 0 ? [] : ['wrote `expect` as `node:assert`'])],
  };
}

const runners = /^(?:node:test|test|vitest|@jest\/globals|jest|mocha|chai|ava|tap|bun:test|@playwright\/test|@std\/.*|deno)$/;
