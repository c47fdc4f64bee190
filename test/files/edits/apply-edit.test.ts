import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdit, applyInsertion } from '../../../src/files/edits/apply-edit.ts';

const file = 'import os\n\n\ndef a():\n    x = 1\n    return x\n\n\ndef b():\n    y = 2\n    return y\n';

function applied(content: string | undefined, before: string, after: string, line?: number): string | undefined {
  const result = applyEdit(content, { before, after, line });
  return result.kind === 'applied' ? result.content : undefined;
}

describe('the left side is found', () => {
  test('as it is', () => {
    expect(applied(file, '    x = 1\n', '    x = 5\n')).toBe(file.replace('x = 1', 'x = 5'));
    expect(applied(file, 'def a():\n    x = 1\n', '')).toBe(file.replace('def a():\n    x = 1\n', ''));
    expect(applied(file, '    return y\n', '    y += 1\n    return y\n')).toBe(file.replace('    return y', '    y += 1\n    return y'));
  });

  test('without regard to white space at the ends of lines', () => {
    expect(applied('a  \nb\n', 'a\nb   \n', 'c\n')).toBe('c\n');
  });

  test('indented differently, and the new lines are then indented like it', () => {
    expect(applied(file, 'x = 1\nreturn x\n', 'if x:\n    x = 5\n\nreturn x\n')).toBe(
      file.replace('    x = 1\n    return x\n', '    if x:\n        x = 5\n\n    return x\n'),
    );
    expect(applied('\ta\n\tb\n', '\t\ta\n\t\tb\n', '\t\tc\n')).toBe('\tc\n');
    expect(applied('  a\n    b\n', 'a\nb\n', 'c\n')).toBeUndefined();
  });

  test('in a file with other line endings, which it keeps, also that it has none at its end', () => {
    expect(applied('a\r\nb\r\n', 'a\n', 'c\nd\n')).toBe('c\r\nd\r\nb\r\n');
    expect(applied('a\nb', 'b\n', 'c\n')).toBe('a\nc');
    expect(applied('a\nb', 'b', 'c')).toBe('a\nc');
  });

  test('several times: the nearest to its line is meant, and without one it is refused', () => {
    expect(applied('a\nb\na\n', 'a\n', 'c\n', 3)).toBe('a\nb\nc\n');
    expect(applied('a\nb\na\n', 'a\n', 'c\n', 1)).toBe('c\nb\na\n');
    expect(applyEdit('a\nb\na\n', { before: 'a\n', after: 'c\n', line: 2 })).toMatchObject({ kind: 'refused', reason: 'edit_ambiguous' });
    expect(applyEdit('a\nb\na\n', { before: 'a\n', after: 'c\n' })).toMatchObject({ kind: 'refused', reason: 'edit_ambiguous' });
  });
});

test('nothing on the left side replaces the whole file, or creates it', () => {
  expect(applied('a\n', '', 'b\n')).toBe('b\n');
  expect(applied(undefined, '\n', 'b\n')).toBe('b\n');
});

test('an edit that was made already changes nothing', () => {
  expect(applied('a\nc\n', 'b\n', 'c\n')).toBe('a\nc\n');
});

describe('a left side that is not found', () => {
  test('is refused with the closest lines and their numbers', () => {
    expect(applyEdit(file, { before: 'def a():\n    x = 7\n    return x\n', after: 'z\n' })).toEqual({
      kind: 'refused',
      reason: 'edit_not_found',
      why: 'its left side is not in the file. The closest lines are 4 to 6:\n  def a():\n      x = 1\n      return x',
    });
    expect(applyEdit(file, { before: '    y = 22\n', after: 'z\n' })).toMatchObject({
      why: expect.stringContaining('10 to 10:\n      y = 2'),
    });
  });

  test('is refused where nothing is like it, and where there is no file', () => {
    expect(applyEdit('a\n', { before: 'something else\n', after: 'z\n' })).toMatchObject({
      why: expect.stringContaining('no line like it'),
    });
    expect(applyEdit(undefined, { before: 'a\n', after: 'z\n' })).toMatchObject({ reason: 'edit_no_file' });
  });

  test('is quoted without escape codes', () => {
    const result = applyEdit('x = "\u001B[2J"\n', { before: 'x = "a"\n', after: 'z\n' });
    expect(result).toMatchObject({ kind: 'refused' });
    expect(JSON.stringify(result)).not.toMatch(/\\u001b\[/i);
  });
});

test('an edit made from two versions of a file leads from one to the other', () => {
  const line = fc.constantFrom('a', 'b', '  c', '', '\td');
  const lines = fc.array(line, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(lines, lines, lines, lines, (head, before, after, tail) => {
      const text = (...parts: string[][]) =>
        parts
          .flat()
          .map((content) => `${content}\n`)
          .join('');
      // Made unlike anything else, so that there is one place.
      const unlike = ['<only here>', ...before];
      fc.pre(after.some((content) => content !== ''));
      const result = applied(text(head, unlike, tail), text(unlike), text(after));
      expect(result).toBe(text(head, after, tail));
    }),
  );
});

// Some milliseconds; by trying each beginning against each end it would be minutes.
test('hostile files are searched in one go', () => {
  const edits: [string, string][] = [
    ['a\n'.repeat(50_000), `${'a\n'.repeat(20_000)}b\n`],
    [' a\n'.repeat(50_000), `${'a\n'.repeat(20_000)}b\n`],
    [`${'x'.repeat(100_000)}\n`.repeat(20), `${'y'.repeat(100_000)}\n`],
  ];
  for (const [content, before] of edits)
    expect(applyEdit(content, { before, after: 'c\n' })).toMatchObject({ kind: 'refused', reason: 'edit_not_found' });
});

describe('the left side is found, too', () => {
  test('without the blank lines around it', () => {
    expect(applied('a\nb\n', '\na\n\n', '\nc\n\n')).toBe('c\nb\n');
  });

  test('in pieces, where both sides leave out the same by dots', () => {
    expect(applied('a\nb\nc\nd\n', 'a\n...\nd\n', 'A\n...\nD\n')).toBe('A\nb\nc\nD\n');
    expect(applied('a\nb\nc\n', 'a\n...\nc\n', 'A\n')).toBeUndefined();
    expect(applied('a\nb\na\nc\n', 'a\n...\nc\n', 'A\n...\nC\n')).toBeUndefined();
  });

  test('several times: the first below its anchor is meant', () => {
    const twice = 'def a():\n    x\ndef b():\n    x\n';
    expect(applyEdit(twice, { before: '    x\n', after: '    y\n', anchor: 'def b():' })).toEqual({
      kind: 'applied',
      content: 'def a():\n    x\ndef b():\n    y\n',
    });
  });
});

test('lines are added before a number, below a line, or at the end', () => {
  expect(applyInsertion('a\r\nb', { after: 'c\n', line: 2 })).toEqual({ kind: 'applied', content: 'a\r\nc\r\nb' });
  expect(applyInsertion('a\nb\n', { after: 'c\n', anchor: 'a' })).toEqual({ kind: 'applied', content: 'a\nc\nb\n' });
  expect(applyInsertion('a', { after: 'c\n' })).toEqual({ kind: 'applied', content: 'a\nc\n' });
  expect(applyInsertion(undefined, { after: 'c\n' })).toEqual({ kind: 'applied', content: 'c\n' });
  expect(applyInsertion('a\n', { after: 'c\n', anchor: 'z' })).toMatchObject({ kind: 'refused', reason: 'edit_not_found' });
});
