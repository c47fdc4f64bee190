import { describe, expect, test } from 'vitest';
import { add, afterwards, fence, filesOf, sub } from './files-of.ts';

const changed = 'def add(a, b):\n    return a + b + 0\n';
const before = '    return a + b\n';
const after = '    return a + b + 0\n';
const patch = `*** Begin Patch\n*** Update File: src/app.py\n@@\n def add(a, b):\n-${before}+${after}*** End Patch\n`;

describe('an edit is made', () => {
  test.each([
    ['as a patch in a call', `<tool_call>\n${JSON.stringify({ name: 'apply_patch', arguments: { patch } })}\n</tool_call>`],
    [
      'as the input of a call',
      `<|channel|>commentary to=functions.apply_patch <|constrain|>json<|message|>${JSON.stringify({ input: patch })}<|call|>`,
    ],
    ['as the last word of a command', JSON.stringify({ command: ['apply_patch', patch] })],
    ['named by its first marker', fence('', `<<<<<<< SEARCH src/app.py\n${before}=======\n${after}>>>>>>> REPLACE\n`)],
    [
      'with signs of another keyboard',
      `src/app.py\n${fence('', `＜＜＜＜＜＜＜ SEARCH\n${before}＝＝＝＝＝＝＝\n${after}＞＞＞＞＞＞＞ REPLACE\n`)}`,
    ],
    ['as a call in code', `str_replace("src/app.py", """${before}""", """${after}""")\n`],
  ])('%s', async (_form, reply) => {
    expect(await afterwards(reply, 'src/app.py', add)).toEqual({ text: changed, refused: [] });
  });
});

describe('a file of the user stays as it is', () => {
  test.each([
    ['a name that code without a label suggests', fence('', sub), 'sub.py', ['unnamed']],
    [
      'lines that are only added, nobody knows where',
      `\`src/app.py\`:\n\n${fence('diff', '+def sub(a, b):\n+    return a - b\n')}`,
      'src/app.py',
      ['edit_unreadable'],
    ],
  ])('with %s', async (_what, reply, path, refused) => {
    expect(await afterwards(`Here:\n\n${reply}`, path, add)).toEqual({ text: add, refused });
  });
});

test('what is to be searched and what is to be put there, each in a fence of its own, become no files', () => {
  expect(filesOf(`src/app.py\n\nSEARCH:\n${fence('python', before)}\nREPLACE:\n${fence('python', after)}`)).not.toHaveProperty([
    'code_1.py',
  ]);
});

test('a call of gpt-oss is no thought, and its thoughts bring no file', () => {
  const draft = `<|channel|>analysis<|message|>Draft\n${fence('python:src/app.py', sub)}<|end|>\n`;
  expect(filesOf(`${draft}${fence('python:src/app.py', add)}`)).toEqual({ 'src/app.py': add });
});
