import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { walkSteps, WizardBack } from '../../../src/cli/wizard/walk-steps.ts';

/** Steps that answer as they are told to, and what was asked. */
function walk(given: boolean[], answers: ('on' | 'back')[]) {
  const asked: string[] = [];
  const left = [...answers];
  const steps = given.map((isGiven, index) => ({
    given: isGiven,
    ask: async (way: 'on' | 'back') => {
      if (isGiven) return undefined;
      asked.push(`${index}${way === 'back' ? ' again' : ''}`);
      if (left.shift() === 'back') throw new WizardBack();
      return index === given.length - 1 ? 'decided' : undefined;
    },
  }));
  return { asked, left, decision: walkSteps(steps) };
}

test('goes back to the question before, over those that the command line answers, and never before the first', async () => {
  const { asked, decision } = walk([true, false, true, false, false], ['on', 'on', 'back', 'back', 'back', 'on', 'on', 'on']);
  expect(await decision).toBe('decided');
  expect(asked).toEqual(['1', '3', '4', '3 again', '1 again', '1 again', '3', '4']);
});

test('whatever way a person goes, each question follows or precedes the one before it', async () => {
  const ways = fc.array(fc.constantFrom('on' as const, 'back' as const), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }), ways, async (flags, answers) => {
      const given = [...flags.slice(0, -1), false];
      const { asked, decision } = walk(given, [...answers, ...given.map(() => 'on' as const)]);
      await decision;
      const questions = given.flatMap((isGiven, index) => (isGiven ? [] : [index]));
      const places = asked.map((text) => questions.indexOf(Number.parseInt(text, 10)));
      expect(places[0]).toBe(0);
      expect(places.at(-1)).toBe(questions.length - 1);
      const strides = places.slice(1).map((place, index) => Math.abs(place - (places[index] ?? 0)));
      expect(Math.max(0, ...strides)).toBeLessThanOrEqual(1);
    }),
  );
});

test('hands on every other error', async () => {
  const failing = { given: false, ask: () => Promise.reject(new Error('broken')) };
  await expect(walkSteps([failing])).rejects.toThrow('broken');
});
