import { describe, expect, test } from 'vitest';
import { OpenText } from '../../../src/files/scan/open-text.ts';

const isOpen = (info: string, content: string) => new OpenText((from, to) => content.slice(from, to)).isOpen(info, 0, content.length);

describe('a text of several lines is open', () => {
  test.each([
    ['js', 'const a = `x\n'],
    ['ts:src/a.ts', 'const a = `\n```\n'],
    ['src/a.go', 'const a = `\n'],
    ['js', 'const a = b / c / d;\nconst e = `x\n'],
    ['python', 'A = """x\n'],
    ['python', "def f():\n    '''x\n"],
    ['bash', 'cat > a <<EOF\nx\n'],
    ['yaml', 'a: |\n'],
    ['css', '/* x\n'],
    ['html', '<pre>\n'],
  ])('%s %j', (info, content) => {
    expect(isOpen(info, content)).toBe(true);
  });
});

describe('none is open', () => {
  test.each([
    ['js', 'const a = `x`;\n'],
    ['js', 'const a = "`"; // a lone ` here\n'],
    ['js', 'const a = `\\`x`;\n'],
    ['js', 'const a = /[`~]/;\nconst b = text.replace(/`+/g, "");\n'],
    ['python', 'A = """x"""\n# """\n'],
    ['bash', 'cat > a <<EOF\nx\nEOF\n'],
    ['yaml', 'a: |\n  x\nb: 1\n'],
    ['text', '`\n'],
    ['', '"""\n'],
  ])('%s %j', (info, content) => {
    expect(isOpen(info, content)).toBe(false);
  });
});

test('asked again further on it reads on', () => {
  const content = 'const a = `\n`;\nconst b = `\n';
  const open = new OpenText((from, to) => content.slice(from, to));
  expect([12, 15, content.length].map((to) => open.isOpen('js', 0, to))).toEqual([true, false, true]);
});
