import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileCallText } from '../../../src/llm/dialects/file-call-text.ts';

describe('a tool call that writes a file', () => {
  it.each([
    ['write_file', { path: 'src/a.py', content: 'x = 1\n' }],
    ['Write', { file_path: 'src/a.py', content: 'x = 1\n' }],
    ['create_file', { filePath: 'src/a.py', contents: 'x = 1' }],
    ['str_replace_based_edit_tool', { command: 'create', path: 'src/a.py', file_text: 'x = 1\n' }],
    ['write', '{"filename":"src/a.py","content":"x = 1\\n"}'],
  ])('is a path and a fence: %s', (name, said) => {
    expect(fileCallText(name, said)).toBe('\n\n`src/a.py`\n```\nx = 1\n```\n');
  });

  it('is an edit where it says what stands there', () => {
    expect(fileCallText('edit', { file_path: 'a.py', old_string: 'x = 1', new_string: 'x = 2' })).toBe(
      '\n\n`a.py`\n```\n<<<<<<< SEARCH\nx = 1\n=======\nx = 2\n>>>>>>> REPLACE\n```\n',
    );
  });

  it.each<[string, unknown]>([
    ['read_file', { path: 'a.py', content: 'x' }],
    ['run_command', { command: 'ls', content: 'x', path: 'a' }],
    ['write_file', { path: 'a.py' }],
    ['write_file', '{"path": "a.py", "content": "cut o'],
    ['write_file', { path: 'a`b\n', content: 'x' }],
    ['write_file', null],
  ])('is nothing where there is no file in it: %s %j', (name, said) => {
    expect(fileCallText(name, said)).toBe('');
  });

  it('has a fence that nothing in the file ends', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('`', '```', 'text', '\n', '~~~')).map((words) => words.join('')),
        (content) => {
          const [, , named, opening = '', ...rest] = fileCallText('write', { path: 'a.md', content }).split('\n');
          expect([named, rest.indexOf(opening)]).toEqual(['`a.md`', rest.length - 2]);
        },
      ),
    );
  });
});
