import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkJavaScript } from '../../../src/files/syntax/check-javascript.ts';

describe('what the engine refuses although the grammar takes it', () => {
  it.each([
    ['a name that is declared twice', 'let a = 1;\n\nlet a = 2;\n', 3],
    ['in a module', "import { b } from './b.js';\nexport const a = b;\nexport function a() {}\n", 3],
    ['a constant without a value', 'const a;\n', 1],
    ['a break without a loop', 'function f() {\n  break;\n}\n', 2],
    ['a place that nothing can be put into', 'f() = 1;\n', 1],
    ['a class with two constructors', 'class A {\n  constructor() {}\n  constructor() {}\n}\n', 3],
  ])('%s', async (_, text, line) => {
    expect(await checkJavaScript(text)).toMatchObject([{ line }]);
  });

  it.each([
    [
      'what a module may say',
      "import fs, { join as j } from 'node:fs';\nimport * as os from \"node:os\";\nimport 'a';\nexport * from './b.js';\nexport default function () {}\nexport { j };\nawait fs();\nimport.meta.url;\n",
    ],
    ['an import of several lines', "import {\n  a,\n  b,\n} from './c.js';\nconst c = a(b);\n"],
    ['what CommonJS may say', "#!/usr/bin/env node\nconst a = require('a');\nif (!a) return;\nmodule.exports = a;\n"],
    ['JSX', 'const a = <p>{1}</p>;\n'],
    ['a name of another scope', 'let a = 1;\n{\n  let a = 2;\n}\nfor (const a of []) f(a);\n'],
    ['two functions of one name', 'function f() {}\nfunction f() {}\n'],
  ])('takes %s', async (_, text) => {
    expect(await checkJavaScript(text)).toEqual([]);
  });

  it('runs nothing of it', async () => {
    await checkJavaScript('globalThis.wasRun = true; throw new Error("run");');
    expect(globalThis).not.toHaveProperty('wasRun');
  });

  it('raises no false alarm over files that people have written', async () => {
    const folder = join(import.meta.dirname, '../../../node_modules');
    const files = ['commander', 'yaml', 'marked', 'p-retry', 'winston'].flatMap((one) =>
      readdirSync(join(folder, one), { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.[cm]?js$/.test(path) && !path.includes('node_modules'))
        .map((path) => join(folder, one, path)),
    );
    expect(files.length).toBeGreaterThan(50);
    for (const path of files) expect({ path, findings: await checkJavaScript(readFileSync(path, 'utf8')) }).toEqual({ path, findings: [] });
  });
});
