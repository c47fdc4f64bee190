import { describe, expect, it } from 'vitest';
import { isOutput } from '../../../src/orchestrator/trials/compare-output.ts';

describe('what a program printed', () => {
  it.each<[string, string, string, 'whole' | 'line', boolean]>([
    ['the same', 'a\nb\n', 'a\nb', 'whole', true],
    ['spaces at the end of lines do not count', 'a  \r\nb\n\n', 'a\nb', 'whole', true],
    ['spaces at their beginning do', ' a', 'a', 'whole', false],
    ['more than was wanted', 'a\nb\nc', 'a\nb', 'whole', false],
    ['one of the lines', 'x\na\ny', 'a', 'line', true],
    ['part of a line', 'xa', 'a', 'line', false],
    ['several lines in order', 'x\na\nb', 'a\nb', 'line', true],
    ['nothing, where something is wanted', '', 'a', 'line', false],
  ])('%s', (_, printed, text, extent, holds) => {
    expect(isOutput(printed, { text, extent, from: 'any' })).toBe(holds);
  });
});
