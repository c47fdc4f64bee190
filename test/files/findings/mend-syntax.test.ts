import { describe, expect, it } from 'vitest';
import { mendSyntax } from '../../../src/files/findings/mend-syntax.ts';

describe('mendSyntax', () => {
  it.each([
    ['a fence around the file', 'a.py', '```python\na = [1]\n```\n', 'a = [1]\n'],
    ['a fence at the end', 'a.js', 'const a = { b: 1 };\n```\n\n', 'const a = { b: 1 };\n'],
    ['a fence behind the last line', 'a.ts', 'export const a: number = 1;```\n', 'export const a: number = 1;\n'],
    ['a prompt', 'a.py', '>>>\nimport os\n', 'import os\n'],
    ['a prompt at the end', 'a.go', 'package a\n\nfunc f() {}\n%', 'package a\n\nfunc f() {}\n'],
    [
      'a file that is indented as a whole',
      'a.py',
      '    import os\n\n    def f():\n        return os\n',
      'import os\n\ndef f():\n    return os\n',
    ],
    ['a fence and an indentation', 'a.py', '```\n  a = 1\n  if a:\n      b = 2\n```', 'a = 1\nif a:\n    b = 2\n'],
    ['tabs among spaces', 'a.py', 'def f():\n    a = 1\n\tb = 2\n\treturn a + b\n', 'def f():\n    a = 1\n    b = 2\n    return a + b\n'],
    [
      'tabs of eight columns',
      'a.py',
      'def f():\n        a = 1\n\tif a:\n\t    b = 2\n',
      'def f():\n        a = 1\n        if a:\n            b = 2\n',
    ],
  ])('mends %s', async (_, path, content, expected) => {
    expect((await mendSyntax({ path, content }))?.content).toBe(expected);
    expect(await mendSyntax({ path, content: expected })).toBeUndefined();
  });

  it.each([
    ['parses', 'a.py', 'a = 1\n'],
    ['lacks a bracket', 'a.js', 'function f() {\n  return 1;\n'],
    ['would still not parse', 'a.py', '```\ndef f(:\n```\n'],
    ['is nothing but a fence', 'a.py', '```\n```\n'],
    ['is indented in no consistent way', 'a.py', 'def f():\n    a = 1\n  b = 2\n'],
    ['would have a string changed', 'a.py', 'def f():\n    a = """\n\tx"""\n\tb = 2\n'],
    ['is written in a language whose blank space counts elsewhere', 'a.yml', '```\na: [\n```\n'],
  ])('leaves a file alone that %s', async (_, path, content) => {
    expect(await mendSyntax({ path, content })).toBeUndefined();
  });
});
