import { describe, expect, test } from 'vitest';
import { checkPython } from '../../../src/files/syntax/check-python.ts';

describe('what the compiler refuses is found', () => {
  test.each([
    ['def f(a, a=""):\n    pass\n', /.a. is given twice/],
    ['def f(a: int, *a):\n    pass\n', /.a. is given twice/],
    ['f = lambda x, x: x\n', /.x. is given twice/],
    ['f(a=1, a=2)\n', /.a. is given twice/],
    ['return 1\n', /'return'/],
    ['class A:\n    return 1\n', /'return'/],
    ['break\n', /'break'/],
    ['for x in y:\n    def f():\n        continue\n', /'continue'/],
    ['nonlocal a\n', /'nonlocal'/],
    ['yield 1\n', /'yield'/],
    ['def f():\n    print(count)\n    global count\n', /.count. is used before it is declared global/],
    ['def f():\n    a = 1\n    def g():\n        a = 2\n        nonlocal a\n', /.a. is used before it is declared nonlocal/],
  ])('%j', async (text, message) => {
    expect(await checkPython(text)).toMatchObject([{ message: expect.stringMatching(message) }]);
  });
});

describe('what it takes is let be', () => {
  test.each([
    'def f(a, b=1, *args, c: int = 2, **kwargs):\n    return a\n',
    'f(a=1, b=2, **c)\n',
    'for x in y:\n    if x:\n        break\n    else:\n        continue\n',
    'def f():\n    for x in y:\n        yield x\n',
    'class A:\n    def f(self):\n        return 1\n',
    'def f():\n    a = 1\n    def g():\n        nonlocal a\n        a = 2\n    return g\n',
    'g = lambda: (yield)\n',
    'def f():\n    global count\n    count = 1\n',
    'def f(self):\n    self.count = g(count=1)\n    global count\n',
    'def f():\n    def g():\n        return count\n    global count\n',
    'while True:\n    try:\n        break\n    finally:\n        pass\n',
  ])('%j', async (text) => {
    expect(await checkPython(text)).toEqual([]);
  });
});
