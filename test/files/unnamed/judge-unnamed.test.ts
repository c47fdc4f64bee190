import { expect, test } from 'vitest';
import { judgeUnnamed } from '../../../src/files/unnamed/judge-unnamed.ts';
import { blockOf } from '../formats/block-of.ts';

test.each([
  ['file', 'no named file', 'python', '', 'x = 1\n'],
  ['file', 'no named file', 'python', 'The store:', 'class Store: ...\n'],
  ['file', 'no named file', 'yaml', '', 'a: 1\nb: 2\n'],
  ['unclear', 'no named file', 'json', '', '{"name": "a.json", "text": "hello"}\n'],
  ['unclear', 'no named file', 'js', '', '// from lib/a.js\nx\n'],
  ['unclear', 'no named file', '', '', 'create src/a.py\n'],
  ['unclear', 'no named file', 'js', '### Koa.js', 'export const twice = (n) => n * 2;\n'],
  ['unclear', 'no named file', 'ts', '### `order.service`', 'export const twice = (n) => n * 2;\n'],
  ['unclear', 'no named file', 'js', 'Replace these lines:', 'a();\n'],
  ['shown', 'no named file', 'bash', 'Then:', 'git init\n'],
  ['shown', 'no named file', 'js', 'For example:', 'function f() {}\n'],
  ['file', 'no named file', 'js', 'For example:', 'function f() {\n  a();\n  b();\n  c();\n  d();\n  e();\n  g();\n  h();\n}\n'],
  ['file', 'named files', 'js', '', 'let a = 1;\n'],
  ['file', 'named files', 'bash', 'And:', '#!/bin/sh\nmake\n'],
  ['shown', 'named files', 'tsx', 'Usage example:', '<Header />\n'],
  ['shown', 'named files', '', 'Expected output:', '12\n'],
  ['unclear', 'named files', 'yaml', 'And this:', 'a: 1\nb: 2\nc: 3\n'],
] as const)('%s beside %s: %s below %j: %j', (expected, beside, info, above, content) => {
  expect(judgeUnnamed(blockOf(info, content, { leading: above === '' ? [] : [above] }), beside)).toBe(expected);
});
