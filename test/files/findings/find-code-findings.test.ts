import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../../src/files/findings/code-finding.ts';
import { findCodeFindings, mostCodeFindings, type FindCodeFindingsOptions } from '../../../src/files/findings/find-code-findings.ts';

type Options = Omit<FindCodeFindingsOptions, 'content' | 'path' | 'siblings'>;

async function kinds(path: string, content: string, siblings: readonly SourceFile[] = [], options: Options = {}): Promise<string[]> {
  const findings = await findCodeFindings({ path, content, siblings, ...options });
  return findings.map(({ kind, line, name }) => `${line} ${kind} ${name}`);
}

const file = (path: string, content: string): SourceFile => ({ path, content });

describe('names that a module of Node does not have', () => {
  it.each([
    ['import', 'a.mjs', "import { ok, TooLate } from 'assert';\nok(TooLate);\n", ['1 missing_export TooLate']],
    ['a call of require', 'a.js', "const { readLines } = require('node:fs');\nreadLines();\n", ['1 missing_export readLines']],
    ['a module in a folder', 'a.mjs', "import { readFileSync } from 'fs/promises';\nreadFileSync();\n", ['1 missing_export readFileSync']],
  ])('are seen in %s', async (_, path, text, expected) => {
    expect(await kinds(path, text)).toEqual(expected);
  });

  it.each([
    [
      'those that it has',
      'a.mjs',
      "import fs, { readFileSync as read } from 'node:fs';\nimport { join } from 'path';\nfs.a(read(join('a')));\n",
    ],
    [
      'types',
      'a.ts',
      "import { IncomingMessage, RequestListener } from 'node:http';\nexport type A = IncomingMessage | RequestListener;\n",
    ],
    ['modules that are not looked at', 'a.mjs', "import { anything } from 'node:test';\nanything();\n"],
  ])('%s are not among them', async (_, path, text) => {
    expect(await kinds(path, text)).toEqual([]);
  });
});

describe('names that nobody binds', () => {
  it.each([
    ['a module that was not imported', 'a.py', 'def f():\n    return json.dumps({})\n', ['2 undefined_name json']],
    ['a local name of another function', 'a.py', 'def f():\n    tasks = []\n\ndef g():\n    return tasks\n', ['5 undefined_name tasks']],
    [
      'a name of the class without self',
      'a.py',
      'class A:\n    limit = 3\n    def f(self):\n        return limit\n',
      ['4 undefined_name limit'],
    ],
    ['a type in the head of a function', 'a.py', 'def f(a: List[int]) -> None:\n    print(a)\n', ['1 undefined_name List']],
    ['a base class', 'a.py', 'class A(Enum):\n    B = 1\n', ['1 undefined_name Enum']],
    ['a name within an f-string', 'a.py', 'print(f"{total:.2f}")\n', ['1 undefined_name total']],
    ['a variable of a comprehension behind it', 'a.py', 'a = [x for x in range(3)]\nprint(x)\n', ['2 undefined_name x']],
    ['a module of Node', 'a.js', "const a = fs.readFileSync('a');\nmodule.exports = { a };\n", ['1 undefined_name fs']],
    [
      'a local name of another function in JavaScript',
      'a.mjs',
      'function f() { const a = 1; }\nexport const b = () => a;\n',
      ['2 undefined_name a'],
    ],
    ['a name out of its block', 'a.ts', 'for (const a of [1]) {}\nexport const b = a;\n', ['2 undefined_name a']],
    ['a component', 'a.tsx', 'export const A = () => <div><Card title={b} /></div>;\n', ['1 undefined_name Card', '1 undefined_name b']],
    ['what only CommonJS has', 'a.mjs', 'export const a = __dirname;\n', ['1 undefined_name __dirname']],
    ['an assignment to nothing in a module', 'a.mjs', 'total = 1;\nexport {};\n', ['1 undefined_name total']],
  ])('sees %s', async (_, path, text, expected) => {
    expect(await kinds(path, text)).toEqual(expected);
  });

  it.each([
    ['a star import', 'from math import *\nprint(sqrt(2))\n'],
    ['globals that are written to', 'globals()["a"] = 1\nprint(a)\n'],
    ['code that is executed', 'exec("a = 1")\nprint(a)\n'],
    ['a global of a function', 'def f():\n    global a\n    a = 1\n\ndef g():\n    return a\n'],
    ['a name that is bound later', 'def f():\n    return a\n\na = 1\n'],
    [
      'captures of a match',
      'def f(x):\n    match x:\n        case {"a": a, **rest}: return a, rest\n        case [b, *c] as d: return b, c, d\n        case str(e): return e\n',
    ],
    ['a walrus in a comprehension', 'a = [y for x in [1] if (y := x)]\nprint(y)\n'],
    ['a comprehension in a class', 'class A:\n    a = [1]\n    b = [x for x in a]\n'],
    ['type parameters', 'def f[T](a: T) -> T:\n    return a\n\nclass A[U]:\n    def g(self) -> U: return self.a\n\ntype X[V] = list[V]\n'],
    ['annotations that are not evaluated', 'from __future__ import annotations\ndef f(a: List[int]) -> Dict: return a\n'],
    ['a name that is tried', 'try:\n    text = unicode\nexcept NameError:\n    text = str\n'],
    ['what the module has itself', 'print(__file__, __name__, __doc__)\n'],
    [
      'exceptions, contexts and loops',
      'try:\n    with open("a") as (b, c): print(b, c)\nexcept OSError as e: print(e)\nfor d, (i, *j) in []: print(d, i, j)\n',
    ],
    ['lambdas and defaults', 'a = 1\nf = lambda b, *c, d=a, **e: (b, c, d, e)\n'],
    ['keyword arguments and attributes', 'print("a", end="").foo.bar\n'],
    ['a class in its own methods', 'class A:\n    def f(self): return A, __class__\n'],
  ])('is content with %s in Python', async (_, text) => {
    expect(await kinds('a.py', text)).toEqual([]);
  });

  it.each([
    ['hoisted functions and variables', 'a.js', 'f(a); var a = 1; function f(b) { if (b) { var c = 1; } return c; }'],
    ['a name that is asked for', 'a.js', "if (typeof Custom !== 'undefined') Custom.run();"],
    ['destructured parameters', 'a.mjs', 'export const f = ({ a, b: { c = a }, ...d }, [e], ...g) => [a, c, d, e, g];'],
    [
      'labels, catches and classes',
      'a.mjs',
      'a: for (;;) break a;\ntry {} catch ({ b }) { console.log(b); }\nexport const C = class D { static #e = D; };',
    ],
    [
      'types',
      'a.ts',
      "import type { A } from './b.ts';\nexport interface B<T> extends A { c: T; d(e: T): asserts e is T }\nexport type E = typeof globalThis & B<string>;\n",
    ],
    [
      'enums and namespaces',
      'a.ts',
      'enum A { B = 1, C = B }\nnamespace N { export const d = A.C; }\nnamespace N { export const e = d; }\nexport { N };\n',
    ],
    ['ambient names', 'a.ts', 'declare const A: string;\ndeclare global { var b: number }\nexport const c = A + b;\n'],
    ['disposables', 'a.ts', 'export function f(g: () => Disposable) { using a = g(); return a; }\n'],
    ['browsers and test runners', 'a.js', "describe('a', () => { it('b', () => expect(document.body).toBe(window.x)); });"],
    ['implicit globals of a script', 'a.js', 'a = 1; console.log(a);'],
  ])('is content with %s', async (_, path, text) => {
    expect((await kinds(path, text, [file('b.ts', 'export interface A {}\n')])).join('\n')).toBe('');
  });

  it('lets scripts of one page share their names', async () => {
    const siblings = [
      file('index.html', '<script src="store.js"></script><script src="app.js"></script>'),
      file('store.js', 'const store = {};'),
    ];
    expect(await kinds('app.js', 'store.a = 1; other.b = 2;', siblings)).toEqual(['1 undefined_name other']);
  });
});

describe('modules and what they export', () => {
  const python = [
    file('app/store.py', 'LIMIT = 1\nclass Store:\n    pass\n'),
    file('app/__init__.py', ''),
    file('requirements.txt', 'PyYAML>=6\nrequests\n'),
  ];
  it.each([
    [
      'a sibling that is there',
      'app/main.py',
      'from app.store import Store\nfrom .store import LIMIT\nfrom . import store\nimport app.store\n',
      [],
    ],
    [
      'a sibling that is not',
      'app/main.py',
      'from .models import Task\nimport storage_x\n',
      ['1 missing_module .models', '2 missing_module storage_x'],
    ],
    [
      'a name that the sibling lacks',
      'app/main.py',
      'from app.store import Stock\nfrom .store import limit\n',
      ['1 missing_export Stock', '2 missing_export limit'],
    ],
    ['an attribute that the sibling lacks', 'app/main.py', 'import store\nprint(store.LIMIT, store.lod())\n', ['2 missing_export lod']],
    [
      'declared and undeclared packages',
      'app/main.py',
      'import yaml, requests\nimport numpy as np\nprint(np)\n',
      ['2 third_party_import numpy'],
    ],
    ['an import that is tried', 'app/main.py', 'try:\n    import rapid_x\nexcept ImportError:\n    rapid_x = None\n', []],
    ['the standard library', 'app/main.py', 'import os.path, tomllib\nfrom xml.etree import ElementTree\n', []],
  ])('judges %s in Python', async (_, path, text, expected) => {
    expect(await kinds(path, text, python)).toEqual(expected);
  });

  it('says nothing of a module that makes its names while it runs', async () => {
    expect(
      await kinds('a.py', 'from b import x\nfrom c import y\n', [
        file('b.py', 'def __getattr__(name): return name\n'),
        file('c.py', 'from os import *\n'),
      ]),
    ).toEqual([]);
  });

  const script = [
    file('src/store.js', 'export const add = 1;\nexport default class {}\nfunction b() {}\nexport { b as list };\n'),
    file('src/old.cjs', 'module.exports = { read, write: 1 };\n'),
    file('src/all.js', "export * from './store.js';\n"),
    file('package.json', '{"dependencies": {"express": "5"}}'),
  ];
  it.each([
    ['names that are there', "import Store, { add, list } from './store.js';\nimport { anything } from './all.js';\n", []],
    ['names that are not', "import { add, remove } from './store.js';\n", ['1 missing_export remove']],
    ['a file that is not there', "import { a } from './models/task.js';\n", ['1 missing_module ./models/task.js']],
    ['files without their ending', "import { add } from './store';\n", []],
    ['what is required', "const { read, erase } = require('./old.cjs');\n", ['1 missing_export erase']],
    [
      'packages',
      "import e from 'express';\nimport l from 'lodash/fp';\nimport fs from 'node:fs';\nimport p from 'path';\n",
      ['2 third_party_import lodash'],
    ],
    ['what tools make', "import x from './dist/x.js';\nimport y from '@/y';\nimport z from '#z';\n", []],
  ])('judges %s in JavaScript', async (_, text, expected) => {
    expect(await kinds('src/main.js', text, script)).toEqual(expected);
  });

  it('asks for a default export that is not there', async () => {
    expect(await kinds('a.ts', "import b from './b';\n", [file('b.ts', 'export const b = 1;\n')])).toEqual(['1 missing_export default']);
  });
});

describe('compiled languages', () => {
  it.each([
    [
      'imports of Go',
      'main.go',
      'package main\n\nimport (\n\t"os"\n\t"fmt"\n)\n\nfunc main() { fmt.Println(strings.ToUpper("a")) }\n',
      ['4 unused_import os', '8 missing_import strings'],
    ],
    ['a variable that is called like a package', 'main.go', 'package main\n\nfunc f(url, path T) { url.Parse(); path.Join() }\n', []],
    [
      'renamed, blank and foreign imports',
      'main.go',
      'package main\n\nimport (\n\t_ "embed"\n\ts "strings"\n\t"example.com/own/a"\n)\n\nfunc f() { s.ToUpper(""); a.B() }\n',
      [],
    ],
    [
      'packages of Go that nobody requires',
      'main.go',
      'package main\n\nimport "github.com/x/y"\n\nfunc f() { y.Z() }\n',
      ['3 third_party_import github.com/x/y'],
    ],
    [
      'types of Rust',
      'main.rs',
      'fn main() { let a: HashMap<String, i32> = HashMap::new(); let b = env::args(); }\n',
      ['1 missing_import HashMap', '1 missing_import env'],
    ],
    [
      'what Rust has or brings in',
      'main.rs',
      'use std::{env, collections::{self, HashMap as Map}};\nfn main() { let a: Map<String, Vec<u8>> = Map::new(); env::args(); collections::HashSet::<u8>::new(); }\n',
      [],
    ],
    ['modules of Rust', 'src/main.rs', 'mod store;\nmod gone;\nmod own { fn f() { HashMap::new(); } }\n', ['2 missing_module gone']],
    [
      'types of Java',
      'A.java',
      'class A { List<String> a = new ArrayList<>(); Stack s; Map.Entry<A, A> e; }\n',
      ['1 missing_import ArrayList', '1 missing_import List', '1 missing_import Map'],
    ],
    ['what Java has or imports', 'A.java', 'import java.util.*;\nclass A { List<String> a; String b; Queue c; }\n', []],
  ])('judges %s', async (_, path, text, expected) => {
    const siblings = [
      file('src/store.rs', ''),
      file('go.mod', 'module example.com/own\n'),
      file('a/a.go', 'package a\n'),
      file('Stack.java', 'class Stack {}'),
    ];
    expect((await kinds(path, text, siblings)).sort()).toEqual(expected);
  });
});

describe('work that was left', () => {
  it.each([
    ['a comment', 'a.py', 'a = 1  # TODO: the rest\n', ['1 placeholder TODO: the rest']],
    ['pass', 'a.py', 'def load(path):\n    """Loads."""\n    pass\n', ['1 placeholder load']],
    ['a name that begins like one that says nothing', 'a.py', 'def get_tasks(): pass\n', ['1 placeholder get_tasks']],
    ['dots', 'a.py', 'class Store:\n    def load(self): ...\n', ['2 placeholder load']],
    ['an exception', 'a.py', 'def load():\n    raise NotImplementedError("later")\n', ['1 placeholder load']],
    ['your code', 'a.js', 'export function f() {\n  // Your code here\n}\n', ['2 placeholder Your code here']],
    ['the rest', 'a.ts', 'export const a = 1;\n// ... rest of the code\n', ['2 placeholder ... rest of the code']],
    ['a thrown error', 'a.js', "export function f() { throw new Error('Not implemented'); }\n", ['1 placeholder f']],
    [
      'a macro of Rust',
      'a.rs',
      'fn f() { todo!() }\nfn g() { unimplemented!("x") }\n',
      ['1 placeholder todo!', '2 placeholder unimplemented!'],
    ],
    ['a panic of Go', 'a.go', 'package a\nfunc f() { panic("not implemented") }\n', ['2 placeholder panic']],
    [
      'an exception of Java',
      'A.java',
      'class A { void f() { throw new UnsupportedOperationException("Not implemented"); } }\n',
      ['1 placeholder throw'],
    ],
  ])('sees %s', async (_, path, text, expected) => {
    expect(await kinds(path, text)).toEqual(expected);
  });

  it.each([
    ['exceptions of one line', 'a.py', 'class StoreError(Exception):\n    pass\n'],
    ['abstract methods', 'a.py', 'from abc import ABC, abstractmethod\nclass A(ABC):\n    @abstractmethod\n    def f(self): ...\n'],
    [
      'methods that are overridden',
      'a.py',
      'class Shape:\n    def area(self): raise NotImplementedError\nclass Square(Shape):\n    def area(self): return 1\n',
    ],
    [
      'a branch where nothing can be done',
      'a.py',
      'import sys\nif sys.platform == "win32":\n    def clean(): pass\nelse:\n    def clean(): print(1)\n',
    ],
    ['dots within a longer comment', 'a.py', '# one\n# ...\n# ten\na = 1\n'],
    ['callbacks', 'a.py', 'def f():\n    def done(a): pass\n    return done\n'],
    ['comments that tell', 'a.py', '# The list of to-do items; a placeholder is shown in the empty field.\na = 1\n'],
    ['words in strings', 'a.js', "export const a = '// TODO';\n"],
    ['base classes', 'a.js', "export class A { f() { throw new Error('not implemented'); } }\nexport class B extends A { f() {} }\n"],
  ])('is content with %s', async (_, path, text) => {
    expect(await kinds(path, text)).toEqual([]);
  });
});

describe('what was asked for', () => {
  it.each([
    ['a main that nobody calls', 'a.py', 'def main():\n    print(1)\n', {}, ['1 no_entry main']],
    [
      'a main that is called',
      'a.py',
      'import sys\ndef main():\n    print(1)\nif __name__ == "__main__":\n    sys.exit(main())\n',
      { isCommand: true },
      [],
    ],
    [
      'a command that only defines',
      'a.py',
      '"""A."""\nimport os\nA = os.sep\ndef f(): return A\n',
      { isCommand: true },
      ['1 no_entry a.py'],
    ],
    [
      'a command in JavaScript that only defines',
      'a.js',
      "const fs = require('fs');\nfunction f() { fs.x(); }\nmodule.exports = { f };\n",
      { isCommand: true },
      ['1 no_entry a.js'],
    ],
    ['a command in JavaScript that runs', 'a.js', 'async function f() {}\nf();\n', { isCommand: true }, []],
    ['a module that only defines', 'a.js', 'function f() {}\nmodule.exports = { f };\n', {}, []],
    ['commands that are compiled', 'a.go', 'package main\nfunc run() {}\n', { isCommand: true }, ['1 no_entry main']],
    [
      'names',
      'a.py',
      'class Stack:\n    def push(self): return 1\n',
      { names: ['Stack', 'Stack.push', 'Stack.pop', 'peek()'] },
      ['1 demanded_name_missing Stack.pop', '1 demanded_name_missing peek()'],
    ],
    [
      'names in JavaScript',
      'a.js',
      'exports.a = 1;\nconst b = () => 1;\nclass C { d() {} }\nmodule.exports = { e: 1, b };\nf();\n',
      { names: ['a', 'b', 'C', 'd', 'e', 'f'] },
      ['1 demanded_name_missing f', '5 undefined_name f'],
    ],
    ['names that a sibling defines', 'a.py', 'a = 1\n', { names: ['Store'] }, []],
    ['names that are only imported', 'a.py', 'from os import gone_x\n', { names: ['gone_x'] }, ['1 demanded_name_missing gone_x']],
  ])('judges %s', async (_, path, text, options, expected) => {
    expect(await kinds(path, text, [file('store.py', 'class Store: pass\n')], options)).toEqual(expected);
  });
});

describe('findCodeFindings', () => {
  it.each([
    ['a file that does not parse', 'a.py', 'def f(:\n'],
    ['another language', 'a.txt', 'json.dumps()'],
    ['a file over 1 MB', 'a.py', 'a = b\n'.repeat(200_000)],
    ['nesting beyond reason', 'a.js', `${'['.repeat(2000)}x${']'.repeat(2000)}`],
  ])('says nothing of %s', async (_, path, text) => {
    expect(await kinds(path, text)).toEqual([]);
  });

  it('says a number of things and no more', async () => {
    const text = Array.from({ length: 200 }, (_, at) => `print(name_${at})\n`).join('');
    expect(await kinds('a.py', text)).toHaveLength(mostCodeFindings);
  });

  it('never throws, whatever the text', async () => {
    const words = fc.constantFrom(
      'import',
      'from',
      'a',
      '.',
      '(',
      ')',
      '{',
      '}',
      '=',
      '\n',
      '  ',
      'def',
      'class',
      ':',
      "'",
      'export',
      'const',
      'match',
      'case',
      '*',
      ',',
      '=>',
      '<',
      '>',
      'func',
      'use',
      '::',
      ';',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(words, { maxLength: 60 }),
        fc.constantFrom('a.py', 'a.js', 'a.ts', 'a.tsx', 'a.go', 'a.rs', 'A.java'),
        async (parts, path) => {
          const findings = await findCodeFindings({
            path,
            content: parts.join(' '),
            siblings: [{ path: 'b.py', content: parts.toReversed().join(' ') }],
            names: ['a'],
          });
          expect(findings.length).toBeLessThanOrEqual(mostCodeFindings);
        },
      ),
      { numRuns: 300 },
    );
  });
});
