import { describe, expect, it } from 'vitest';
import { mapOf } from '../map-of.ts';

/** Each file's imports, without files that import nothing. */
async function importsIn(files: Readonly<Record<string, string>>): Promise<Record<string, readonly string[]>> {
  const map = await mapOf(files);
  return Object.fromEntries(map.files.flatMap(({ path, imports }) => (imports.length > 0 ? [[path, imports]] : [])));
}

describe('imports within a project', () => {
  it('of TypeScript and JavaScript are relative paths, with any ending, indexes and types', async () => {
    const files = {
      'src/a.ts':
        "import b from './b.js';\nimport { c,\n  d } from '../lib/c';\nexport * from './deep';\nconst e = await import('./e.mjs');\nimport x from 'x';",
      'src/b.ts': "const a = require('./a'); // a circle",
      'lib/c.tsx': 'import data from "./data.json" with { type: "json" };',
      'lib/data.json': '{}',
      'src/deep/index.ts': "import '../../../outside.js';",
      'src/e.mts': "import '@/b';",
    };
    expect(await importsIn(files)).toEqual({
      'lib/c.tsx': ['lib/data.json'],
      'src/a.ts': ['src/b.ts', 'lib/c.tsx', 'src/deep/index.ts', 'src/e.mts'],
      'src/b.ts': ['src/a.ts'],
      'src/e.mts': ['src/b.ts'],
    });
  });

  it('of JavaScript may be packages of the same repository', async () => {
    const files = {
      'packages/core/package.json': '{\n  "name": "@shop/core",\n  "author": { "name": "x" }\n}',
      'packages/core/src/index.ts': '',
      'packages/core/src/price.ts': '',
      'packages/web/main.ts': "import '@shop/core';\nimport '@shop/core/price.js';",
    };
    expect(await importsIn(files)).toEqual({ 'packages/web/main.ts': ['packages/core/src/index.ts', 'packages/core/src/price.ts'] });
  });

  it('of Python are modules and packages, relative ones too', async () => {
    const files = {
      'src/shop/__init__.py': 'from .cart import Cart\n',
      'src/shop/cart.py': 'import json, shop.prices as prices\nfrom shop import prices, stock\nfrom . import stock',
      'src/shop/prices.py': 'from ..other import x\nfrom json import loads',
      'src/shop/stock/__init__.py': 'from ..cart import (\n    Cart,\n)',
      'tests/test_cart.py': '    from shop.cart import Cart',
    };
    expect(await importsIn(files)).toEqual({
      'src/shop/__init__.py': ['src/shop/cart.py'],
      'src/shop/cart.py': ['src/shop/prices.py', 'src/shop/stock/__init__.py'],
      'src/shop/stock/__init__.py': ['src/shop/cart.py'],
      'tests/test_cart.py': ['src/shop/cart.py'],
    });
  });

  it('of Go are folders below the path of the module', async () => {
    const files = {
      'go.mod': 'module example.com/shop\n\ngo 1.24\n',
      'main.go': 'package main\n\nimport (\n\t"fmt"\n\n\tc "example.com/shop/internal/cart"\n)\n\nvar x = "example.com/shop/util"\n',
      'internal/cart/cart.go': 'package cart\nimport "example.com/shop"\n',
      'internal/cart/cart_test.go': 'package cart\n',
      'util/util.go': 'package util\n',
    };
    expect(await importsIn(files)).toEqual({ 'internal/cart/cart.go': ['main.go'], 'main.go': ['internal/cart/cart.go'] });
  });

  it('of Rust are modules, paths in the crate, and other crates of the workspace', async () => {
    const files = {
      'shop/Cargo.toml': '[package]\nname = "shop-core"\n',
      'shop/src/lib.rs': 'pub mod cart;\nmod prices;\nmod tests { }',
      'shop/src/cart/mod.rs': 'mod item;\nuse crate::prices::{Price, round};\nuse super::prices;\nuse std::fmt;',
      'shop/src/cart/item.rs': 'use super::super::prices::Price;',
      'shop/src/prices.rs': '',
      'web/src/main.rs': 'use shop_core::cart::Cart;\nuse shop_core::Anything;',
    };
    expect(await importsIn(files)).toEqual({
      'shop/src/cart/item.rs': ['shop/src/prices.rs'],
      'shop/src/cart/mod.rs': ['shop/src/cart/item.rs', 'shop/src/prices.rs'],
      'shop/src/lib.rs': ['shop/src/cart/mod.rs', 'shop/src/prices.rs'],
      'web/src/main.rs': ['shop/src/cart/mod.rs', 'shop/src/lib.rs'],
    });
  });

  it('of Java and Kotlin are types and packages, wherever sources begin', async () => {
    const files = {
      'app/src/main/java/shop/Main.java':
        'package shop;\nimport shop.cart.Cart;\nimport static shop.util.Money.round;\nimport java.util.*;\n',
      'app/src/main/java/shop/cart/Cart.java': 'package shop.cart;\nimport shop.util.*;\npublic final class Cart {}\n',
      'lib/Money.java': 'package shop.util;\npublic class Money {}\n',
      'lib/Text.kt': 'package shop.util\nimport shop.cart.Cart\nclass Text\n',
    };
    expect(await importsIn(files)).toEqual({
      'app/src/main/java/shop/Main.java': ['app/src/main/java/shop/cart/Cart.java', 'lib/Money.java'],
      'app/src/main/java/shop/cart/Cart.java': ['lib/Money.java', 'lib/Text.kt'],
      'lib/Text.kt': ['app/src/main/java/shop/cart/Cart.java'],
    });
  });

  it.each([
    [
      'C and C++',
      { 'src/a.c': '#include "a.h"\n#  include <shop/b.hpp>\n#include <stdio.h>', 'src/a.h': '', 'include/shop/b.hpp': '' },
      { 'src/a.c': ['src/a.h', 'include/shop/b.hpp'] },
    ],
    ['C#', { 'A.cs': 'using System;\nusing Shop.Cart;\n', 'Cart/C.cs': 'namespace Shop.Cart;\nclass C {}' }, { 'A.cs': ['Cart/C.cs'] }],
    [
      'Ruby',
      { 'bin/a.rb': "require 'shop/cart'\nrequire_relative '../lib/shop'\nrequire 'json'", 'lib/shop/cart.rb': '', 'lib/shop.rb': '' },
      { 'bin/a.rb': ['lib/shop/cart.rb', 'lib/shop.rb'] },
    ],
    [
      'PHP',
      {
        'a.php': "<?php\nuse Shop\\Cart;\nrequire_once __DIR__ . '/lib/b.php';",
        'src/Cart.php': '<?php\nnamespace Shop;\nfinal class Cart {}',
        'lib/b.php': '',
      },
      { 'a.php': ['src/Cart.php', 'lib/b.php'] },
    ],
    [
      'a shell',
      { 'bin/a.sh': 'source "$(dirname "$0")/b.sh"\n. ./c.sh\n. "$here/lib/d.sh" # that', 'bin/b.sh': '', 'bin/c.sh': '', 'lib/d.sh': '' },
      { 'bin/a.sh': ['bin/b.sh', 'bin/c.sh', 'lib/d.sh'] },
    ],
  ])('of %s are found', async (_, files, expected) => {
    expect(await importsIn(files as unknown as Record<string, string>)).toEqual(expected);
  });

  it('stay few where a file has a million of them, and a folder thousands of files', async () => {
    const many = Array.from({ length: 1_000_000 }, (_, at) => `import './m${at % 2000}.js';`).join('\n');
    const map = await mapOf({
      'a.js': many,
      ...Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`m${at}.js`, "import './a.js';"])),
    });
    expect(map.files.find(({ path }) => path === 'a.js')?.imports).toHaveLength(500);
  });

  it('never leave the project, however deep the path is', async () => {
    const deep = `${'d/'.repeat(1000)}a.js`;
    const up = '../'.repeat(2000);
    expect(
      await importsIn({
        [deep]: `import '${up}a.js';\nimport '../../a.js';\nimport './../../../../../etc/passwd';`,
        'a.js': "import '../a.js'",
      }),
    ).toEqual({});
  });
});
