import { describe, expect, it } from 'vitest';
import { headingsOf } from '../../../src/llm/budget/headings-of.ts';

const text =
  '# First\n\nA text.\n\n```sh\n# a comment\n```\n\n- a list\n  # in the list\n\n> # quoted\n\nSecond\n======\n\n### Third ###\n';

describe('headingsOf', () => {
  it('gives the headings that stand in nothing else', () => {
    expect(headingsOf(text)).toEqual(['First', 'Second', 'Third']);
    expect(headingsOf(text.replaceAll('\n', '\r\n'))).toEqual(['First', 'Second', 'Third']);
  });

  const length = 160_000;
  it.each([
    ['>', ''],
    ['> ', 'x'],
    ['1. ', 'x'],
    ['- ', 'x'],
    ['- > 1. ', 'x'],
    ['[', ''],
    ['![', ''],
    ['**a _b ', ''],
    ['`', ''],
    ['<a ', ''],
    ['<!--', ''],
    ['| a ', '|\n|---|'],
    ['[a]: ', ''],
    ['&', ''],
    [' ', 'x'],
    ['\t', 'x'],
    ['#', ''],
    ['# ', ''],
    ['=', ''],
    ['- a\n', ''],
    ['> a\n', ''],
    ['* * *\n', ''],
    ['```\n', ''],
    ['<div>\n', ''],
    ['| a |\n|---|\n', ''],
    ['[a]: b\n', ''],
    ['a\n=\n', ''],
    ['\n', 'x'],
    ['    a\n\n', ''],
  ])('gets through 160,000 characters of %j and finds what stands before', (piece, end) => {
    expect(headingsOf(`# Before\n\n${piece.repeat(length / piece.length)}${end}\n`)[0]).toBe('Before');
  });

  it('gets through lists and quotations of a thousand steps', () => {
    const steps = (mark: string) => Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth * mark.length)}${mark}x`).join('\n');
    expect(headingsOf(`# Before\n\n${steps('- ')}\n`)).toEqual(['Before']);
    expect(headingsOf(`# Before\n\n${Array.from({ length: 1000 }, (_, depth) => '>'.repeat(depth + 1)).join('\n')}\n`)).toEqual(['Before']);
  });
});
