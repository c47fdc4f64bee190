import { describe, expect, it } from 'vitest';
import { readInput, resolveInputs } from '../../src/workflows/resolve-inputs.ts';

const workflow = {
  name: 'guide',
  inputs: { audience: { type: 'text' as const }, pages: { type: 'number' as const, default: 3 } },
};

describe('what is wrong with the inputs of a run', () => {
  it.each([
    ['input.unknown', { audience: 'all', colour: 'red' }, /no input called colour/],
    ['input.missing', {}, /needs the input audience/],
    ['input.invalid', { audience: 'all', pages: 'many' }, /The input pages of the workflow guide expects/],
  ])('is said as %s', (code, inputs, message) => {
    const resolve = () => resolveInputs(workflow, { requirement: '', inputs });
    expect(resolve).toThrow(expect.objectContaining({ code, category: 'usage', message: expect.stringMatching(message) }));
  });

  it('is said of what was typed, too', () => {
    expect(() => readInput(workflow, 'pages', 'many')).toThrow(expect.objectContaining({ code: 'input.invalid' }));
    expect(() => readInput(workflow, 'colour', 'red')).toThrow(expect.objectContaining({ code: 'input.unknown' }));
  });
});
