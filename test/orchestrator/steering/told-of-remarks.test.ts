import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { toldOfRemarks } from '../../../src/orchestrator/steering/told-of-remarks.ts';
import type { RunState, TaskRecord } from '../../../src/state/run/run-state.ts';

const remarks = (texts: readonly string[]) =>
  ({ remarks: texts.map((text, index) => ({ text, by: 'Ann', time: index, sequence: index + 2 })) }) satisfies Pick<RunState, 'remarks'>;

/** A task that has asked with these messages, of which the first belong to an earlier try. */
const task = ({ messages = [], superseded = 0, instructions }: { messages?: string[]; superseded?: number; instructions?: string } = {}) =>
  ({ instructions, superseded, activities: messages.map((message) => ({ kind: 'reply', message })) }) as unknown as TaskRecord;

it('nothing is added where nothing was said', () => {
  expect(toldOfRemarks(remarks([]), task())).toBeUndefined();
  expect(toldOfRemarks(remarks([]), task({ instructions: 'Be brief.' }))).toBe('Be brief.');
});

it('stands behind what the step itself asks', () => {
  expect(toldOfRemarks(remarks(['Use tabs.']), task({ instructions: 'Be brief.' }))).toMatch(/^Be brief\.\n\nMeanwhile .*:\n\nUse tabs\.$/);
});

it('a task that goes on is told what it was told, whatever was said since', () => {
  const text = fc.string({ minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), fc.array(text, { maxLength: 4 }), (before, later) => {
      const first = toldOfRemarks(remarks(before), task());
      const messages = [`Do it.\n\n${first ?? ''}`, 'That was wrong.'];
      expect(toldOfRemarks(remarks([...before, ...later]), task({ messages }))).toBe(first);
    }),
  );
});

it('a task that is done anew is told all', () => {
  expect(toldOfRemarks(remarks(['Use tabs.']), task({ messages: ['Do it.'], superseded: 1 }))).toContain('Use tabs.');
});
