import { expect, it } from 'vitest';
import { judgeImport } from '../../../src/files/fragments/judge-import.ts';

it.each([
  ['the same line', 'import os', ['import sys', 'import os'], 'known'],
  ['the same line without its semicolon', "import a from 'a'", ["import a from 'a';"], 'known'],
  ["a name out of Go's block", 'import "fmt"', ['import (\n\t"fmt"\n\t"os"\n)'], 'known'],
  ['another line', 'import json', ['import os'], 'new'],
  ['other names out of the same source', "import { b } from 'a';", ["import { a } from 'a';"], 'doubtful'],
  ['a name beside a block', 'import "os"', ['import (\n\t"fmt"\n)'], 'doubtful'],
])('%s', (_, words, texts, expected) => {
  expect(judgeImport(words, texts)).toBe(expected);
});
