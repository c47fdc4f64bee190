import { describe, expect, it } from 'vitest';
import { digestReply, headingsOf } from '../../../src/llm/budget/digest-reply.ts';

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

describe('digestReply', () => {
  it('keeps headings, files and where the whole text is', () => {
    const reply = '# Design\n\ntext\n\n## Parts ##\n\n```python:a.py\n# a comment, no heading\n```\n';
    expect(digestReply({ reply, files: ['a.py'], shown: '', savedAs: '02-architecture_design.md' })).toBe(
      '(This reply was shortened to fit.)\n\nHeadings:\n- Design\n- Parts\n\nFiles:\n- a.py\n\nThe full text is in 02-architecture_design.md.',
    );
  });

  it('stays short, however many headings there are', () => {
    const reply = Array.from({ length: 500 }, (_, index) => `# Heading ${index}`).join('\n');
    expect(digestReply({ reply, files: [], shown: '' }).length).toBeLessThan(400);
  });
});
