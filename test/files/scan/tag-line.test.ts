import { describe, expect, test } from 'vitest';
import { parseTagLine } from '../../../src/files/scan/tag-line.ts';

describe('a tag opens a file', () => {
  test.each([
    ['<file path="a.py">', 'file'],
    ['    <file path="a.py">', 'file'],
    ['<write_to_file>', 'file'],
    ['<write_to_file>  ', 'file'],
    ['<artifact type="code" title="a.py">', 'file'],
    ['<document path="a.py">', 'file'],
    ['<function=write_file>', 'file'],
    ['<tool_call>{"name": "x"}</tool_call>', 'file'],
    ['<file path="a.py">text</file>', 'file'],
    ['<file><path>a.py</path><content>', 'file'],
    ['<create_file> <file_path>a.py</file_path>', 'file'],
    ['<source>', 'named above'],
    ['<code>', 'named above'],
  ])('%s', (line, manner) => {
    expect(parseTagLine(line)?.manner).toBe(manner);
  });
});

describe('a tag in prose opens none', () => {
  test.each([
    '<file> is the tag that holds a file',
    '<write_to_file> writes.',
    '<code>x</code> is shown',
    '<source> of it all',
    '<file><b>path</b> is the tag',
    '<file path="a.py"/>',
    '<img src="a.png">',
    '<script src="a.js">',
    '<div id="a.py">',
    'see <file path="a.py">',
    '<p>',
  ])('%s', (line) => {
    expect(parseTagLine(line)).toBeUndefined();
  });
});
