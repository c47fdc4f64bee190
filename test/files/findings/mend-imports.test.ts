import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCodeFindings } from '../../../src/files/findings/find-code-findings.ts';
import { mendImports } from '../../../src/files/findings/mend-imports.ts';

const mend = async (path: string, content: string): Promise<string | undefined> => (await mendImports({ path, content }))?.content;

describe('mendImports', () => {
  it.each([
    ['a.py', 'print(json.dumps({}), os.sep)\n', 'import json\nimport os\nprint(json.dumps({}), os.sep)\n'],
    [
      'a.py',
      '#!/usr/bin/env python3\n"""Doc."""\nfrom __future__ import annotations\n\nimport os\n\nprint(os, sys.argv)\n',
      '#!/usr/bin/env python3\n"""Doc."""\nfrom __future__ import annotations\n\nimport sys\nimport os\n\nprint(os, sys.argv)\n',
    ],
    [
      'a.py',
      'def f(a: List[int]) -> Optional[Dict]:\n    return Path(a)\n',
      'from pathlib import Path\nfrom typing import Dict, List, Optional\ndef f(a: List[int]) -> Optional[Dict]:\n    return Path(a)\n',
    ],
    [
      'a.py',
      '@dataclass\nclass A:\n    a: list = field(default_factory=list)\n',
      'from dataclasses import dataclass, field\n@dataclass\nclass A:\n    a: list = field(default_factory=list)\n',
    ],
    ['a.py', 'print(datetime.now())\n', 'from datetime import datetime\nprint(datetime.now())\n'],
    [
      'a.py',
      'print(datetime.datetime.now() - datetime.timedelta(1))\n',
      'import datetime\nprint(datetime.datetime.now() - datetime.timedelta(1))\n',
    ],
    ['a.py', 'a = defaultdict(int)\r\nb = 1\r\n', 'from collections import defaultdict\r\na = defaultdict(int)\r\nb = 1\r\n'],
    ['a.py', '\uFEFFprint(math.pi)\n', '\uFEFFimport math\nprint(math.pi)\n'],
    ['a.py', 'print(math.pi)', 'import math\nprint(math.pi)'],
    [
      'a.js',
      "'use strict';\nconst a = fs.readFileSync(path.join('a'));\nmodule.exports = a;\n",
      "'use strict';\nconst fs = require('node:fs');\nconst path = require('node:path');\nconst a = fs.readFileSync(path.join('a'));\nmodule.exports = a;\n",
    ],
    [
      'a.mjs',
      '#!/usr/bin/env node\nimport x from "./x.mjs";\nx(readFileSync("a"), os.EOL)\n',
      '#!/usr/bin/env node\nimport os from "node:os";\nimport { readFileSync } from "node:fs";\nimport x from "./x.mjs";\nx(readFileSync("a"), os.EOL)\n',
    ],
    [
      'a.mjs',
      "const fs = require('fs');\nconst { join, sep: slash } = require('path');\nconst read = require('fs').promises;\nconst tips = require('./tips.mjs');\nfs(join, slash, read, tips);\nfunction a() {}\nmodule.exports = { a, b: a };\n",
      "import fs from 'fs';\nimport { join, sep as slash } from 'path';\nimport { promises as read } from 'fs';\nimport * as tips from './tips.mjs';\nfs(join, slash, read, tips);\nfunction a() {}\nexport { a, a as b };\n",
    ],
    [
      'a.mjs',
      "const a = 1; const b = require('fs');\nmodule.exports = b;\n",
      "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\nconst a = 1; const b = require('fs');\nexport default b;\n",
    ],
    [
      'a.mjs',
      "const os = require('os');\nfunction all() {\n  return require('fs').readFileSync(os.devNull);\n}\nall();\n",
      "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\nimport os from 'os';\nfunction all() {\n  return require('fs').readFileSync(os.devNull);\n}\nall();\n",
    ],
    ['a.mjs', 'export const a = `${__dirname}/a`;\n', 'const __dirname = import.meta.dirname;\nexport const a = `${__dirname}/a`;\n'],
    [
      'a.ts',
      "export const a = await fs.readFile('a');\n",
      "import * as fs from 'node:fs/promises';\nexport const a = await fs.readFile('a');\n",
    ],
    [
      'main.go',
      'package main\n\nimport "os"\n\nfunc main() { fmt.Println("a") }\n',
      'package main\n\nimport "fmt"\n\n\nfunc main() { fmt.Println("a") }\n',
    ],
    [
      'main.go',
      'package main\n\nfunc main() { fmt.Println(strings.ToUpper("a")) }\n',
      'package main\n\nimport (\n\t"fmt"\n\t"strings"\n)\n\nfunc main() { fmt.Println(strings.ToUpper("a")) }\n',
    ],
    [
      'main.go',
      'package main\n\nimport (\n\t"bufio" // reads\n\t"os"\n)\n\nfunc main() { fmt.Println(os.Args, time.Now()) }\n',
      'package main\n\nimport (\n\t"fmt"\n\t"os"\n\t"time"\n)\n\nfunc main() { fmt.Println(os.Args, time.Now()) }\n',
    ],
    ['main.go', 'package main\n\nimport (\n\t"os"\n)\n\nfunc main() {}\n', 'package main\n\n\nfunc main() {}\n'],
    [
      'main.rs',
      '//! Doc\n\nfn main() { let a: HashMap<u8, u8> = HashMap::new(); process::exit(0); }\n',
      '//! Doc\n\nuse std::collections::HashMap;\nuse std::process;\nfn main() { let a: HashMap<u8, u8> = HashMap::new(); process::exit(0); }\n',
    ],
    [
      'A.java',
      'package a;\n\nclass A { List<String> a = new ArrayList<>(); }\n',
      'package a;\n\nimport java.util.ArrayList;\nimport java.util.List;\n\nclass A { List<String> a = new ArrayList<>(); }\n',
    ],
    ['A.java', 'class A { Scanner a; }\n', 'import java.util.Scanner;\n\nclass A { Scanner a; }\n'],
  ])('adds to %s what can mean one thing only: %j', async (path, text, expected) => {
    expect(await mend(path, text)).toBe(expected);
  });

  it.each([
    ['nothing is missing', 'a.py', 'import json\nprint(json.dumps({}))\n'],
    ['datetime is used in two ways', 'a.py', 'print(datetime.now(), datetime.timedelta(1))\n'],
    ['a name is no module by what is asked of it', 'a.py', 'print(string.upper(), time.hours, copy.name)\n'],
    ['a name is passed on', 'a.py', 'print(json)\n'],
    ['nobody knows the name', 'a.py', 'print(helper_x())\n'],
    ['a page runs the file', 'a.js', "document.title = path.join('a');\n"],
    ['files are read in two ways', 'a.ts', "export const a = await fs.readFile('a') + fs.readFileSync('b');\n"],
    ['imports share a line', 'main.go', 'package main\n\nimport ("os"; "fmt")\n\nfunc main() { fmt.Println() }\n'],
    ['random numbers could be of two kinds', 'main.go', 'package main\n\nfunc main() { rand.Other() }\n'],
    ['the file does not parse', 'a.py', 'print(json.dumps({})\n'],
    ['the statement does not begin its line', 'a.py', '"""Doc."""; print(json.dumps({}))\n'],
  ])('leaves a file alone where %s', async (_, path, content) => {
    expect(await mendImports({ path, content })).toBeUndefined();
  });

  it('leaves to the project what the project defines', async () => {
    const siblings = [
      { path: 'queue.py', content: 'Queue = 1\n' },
      { path: 'Stack.java', content: 'class Stack {}' },
    ];
    expect(await mendImports({ path: 'a.py', content: 'print(queue.Queue)\n', siblings })).toBeUndefined();
    expect(await mendImports({ path: 'A.java', content: 'class A { Stack a; }\n', siblings })).toBeUndefined();
  });

  it.each([
    ['of the module that is called so and has what is asked of it', 'print(tips.share(1))\n', 'import tips\nprint(tips.share(1))\n'],
    ['of a name that only one file beside it defines', 'print(share(1), Jar)\n', 'from tips import Jar, share\nprint(share(1), Jar)\n'],
    ['not where the module lacks it', 'print(tips.other)\n', undefined],
    ['not where two files define it', 'print(both)\n', undefined],
    ['not from another folder', 'print(far)\n', undefined],
  ])('adds the import %s', async (_, content, expected) => {
    const siblings = [
      { path: 'tips.py', content: 'both = 1\n\n\nclass Jar:\n    pass\n\n\ndef share(cents):\n    return cents\n' },
      { path: 'more.py', content: 'both = 2\n' },
      { path: 'lib/away.py', content: 'far = 1\n' },
    ];
    expect((await mendImports({ path: 'test_tips.py', content, siblings }))?.content).toBe(expected);
  });

  const stock = { path: 'shop/stock.py', content: 'class SoldOut(Exception):\n    pass\n\n\ndef take(count):\n    return count\n' };
  const init = { path: 'shop/__init__.py', content: '' };
  const uses = 'def place():\n    raise SoldOut\n';

  it.each<[what: string, siblings: { path: string; content: string }[], content: string, expected: string | undefined]>([
    ['a package, of which nothing else is known', [init], uses, 'from .stock import SoldOut'],
    ['a package, by the name of its module', [init], 'def place():\n    stock.take(1)\n', 'from . import stock'],
    ['a folder of programs', [], uses, 'from stock import SoldOut'],
    [
      'a package whose files name it',
      [init, { path: 'shop/till.py', content: 'from shop.stock import take\n' }],
      uses,
      'from shop.stock import SoldOut',
    ],
    [
      'a package that names itself, by the name of its module',
      [init, { path: 'shop/till.py', content: 'import shop.stock\n' }],
      'def place():\n    stock.take(1)\n',
      'from shop import stock',
    ],
    [
      'a folder whose files take each other for a package',
      [{ path: 'shop/till.py', content: 'from .stock import take\n' }],
      uses,
      'from .stock import SoldOut',
    ],
    [
      'a package whose files are started in it',
      [init, { path: 'shop/till.py', content: 'import stock\n' }],
      uses,
      'from stock import SoldOut',
    ],
    [
      'not where they differ',
      [init, { path: 'shop/till.py', content: 'import stock\n' }, { path: 'shop/bill.py', content: 'from . import stock\n' }],
      uses,
      undefined,
    ],
    ['not where it depends on how the file is started', [init], `${uses}\n\nif __name__ == '__main__':\n    place()\n`, undefined],
    [
      'not from what the package itself holds',
      [{ path: 'shop/__init__.py', content: 'FEE = 1\n' }],
      'def fee():\n    return FEE\n',
      undefined,
    ],
  ])('imports from the same folder as its files do: %s', async (_, siblings, content, expected) => {
    const mended = await mendImports({ path: 'shop/orders.py', content, siblings: [stock, ...siblings] });
    expect(mended?.content.split('\n', 1)[0]).toBe(expected);
  });

  it('tells each line that came or went', async () => {
    const content = 'package main\n\nimport (\n\t"os"\n\t"io"\n)\n\nfunc main() { fmt.Println(os.Args) }\n';
    expect((await mendImports({ path: 'main.go', content }))?.changes).toEqual(['removed `"io"`', 'added `"fmt"`']);
  });

  it('mends once for all, leaves every other line as it was, and leaves fewer findings', async () => {
    const python = [
      'x = json.dumps({})',
      'print(sys.argv, os.sep)',
      'def f(a: List[int]): return Path(a)',
      'import re',
      '# c',
      '',
      'y = math.pi',
      'z = unknown_x',
      'class A(Enum): B = 1',
      '"""s"""',
    ];
    const go = [
      'func a() { fmt.Println() }',
      'func b() { strings.ToUpper("") }',
      'func c(os T) { os.F() }',
      'var d = errors.New("")',
      '// c',
      '',
    ];
    const script = [
      "const a = fs.readFileSync('a');",
      "path.join('b');",
      "import x from './x.js';",
      'export {};',
      '// c',
      'os.EOL',
      'unknown_x;',
    ];
    const imports = fc
      .subarray(['"fmt"', '"os"', '"io"', '"strings"', 'x "time"'])
      .map((specs) => ['package main', 'import (', ...specs.map((spec) => `\t${spec}`), ')']);
    const files = fc.oneof(
      fc.subarray(python).map((lines) => ({ path: 'a.py', lines })),
      fc.subarray(script).map((lines) => ({ path: 'a.js', lines })),
      fc.tuple(imports, fc.subarray(go)).map(([head, lines]) => ({ path: 'main.go', lines: [...head, ...lines] })),
    );
    const isImport = (line: string): boolean =>
      /^(?:import\b|from \S+ import\b|const .*= require\(|\s*(?:\w+ )?"[\w/]+"$|\)$|\s*$)/.test(line);
    await fc.assert(
      fc.asyncProperty(files, fc.constantFrom('\n', '\r\n'), async ({ path, lines }, end) => {
        const content = lines.join(end) + end;
        const mended = await mendImports({ path, content });
        if (mended === undefined) return;
        expect(await mendImports({ path, content: mended.content })).toBeUndefined();
        const rest = (text: string): string[] => text.split(end).filter((line) => !isImport(line));
        expect(rest(mended.content)).toEqual(rest(content));
        const count = async (text: string): Promise<number> => (await findCodeFindings({ path, content: text, siblings: [] })).length;
        expect(await count(mended.content)).toBeLessThan(await count(content));
      }),
      { numRuns: 150 },
    );
  });
});
