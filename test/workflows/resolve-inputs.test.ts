import { expect, it } from 'vitest';
import { resolveInputs } from '../../src/workflows/resolve-inputs.ts';

function codeOf(inputs: { requirement: 'required' | 'optional' } | undefined, requirement: string): unknown {
  try {
    resolveInputs({ name: 'house', inputs }, { requirement });
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

it.each([
  ['nothing is said of it', undefined, ' \n', 'requirement.empty'],
  ['it is required', { requirement: 'required' }, '', 'requirement.empty'],
  ['it is required, and there', { requirement: 'required' }, 'A todo list.', undefined],
  ['it is optional', { requirement: 'optional' }, '', undefined],
] as const)('a workflow asks for a requirement as it says: %s', (_, inputs, requirement, code) => {
  expect(codeOf(inputs, requirement)).toBe(code);
});
