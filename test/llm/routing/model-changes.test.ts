import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { modelChanges, type ModelHost, type OrderedStep } from '../../../src/llm/routing/model-changes.ts';

const step = (model: string | undefined, place = 'p'): OrderedStep => ({
  addedTokens: 100,
  ...(model === undefined ? {} : { asks: { place, model } }),
});
const hosts = (atOnce: number, ...loaded: string[]) => new Map<string, ModelHost>([['p', { atOnce, loaded }]]);
const loadsOf = (models: (string | undefined)[], of = hosts(1)) =>
  modelChanges(
    models.map((model) => step(model)),
    of,
    1000,
  ).loads.map(({ model, why }) => `${why} ${model}`);

it.each<[what: string, models: (string | undefined)[], of: Map<string, ModelHost>, loads: string[]]>([
  ['one model', ['a', 'a', undefined, 'a'], hosts(1), []],
  ['one model that is not loaded', ['a', 'a'], hosts(1, 'b'), ['first a']],
  ['there and back', ['a', 'b', 'a'], hosts(1), ['change b', 'change a']],
  ['two that fit at once', ['a', 'b', 'a'], hosts(2), ['change b']],
  ['two that are loaded', ['a', 'b', 'a'], hosts(2, 'a', 'b'), []],
  ['the one unused for longest makes room', ['a', 'b', 'c', 'b', 'a'], hosts(2), ['change b', 'change c', 'change a']],
])('a server loads what it does not hold: %s', (_, models, of, loads) => {
  expect(loadsOf(models, of)).toEqual(loads);
});

it('models at places of their own never take turns', () => {
  const steps = [step('a'), step('b', 'q'), step('a'), step('b', 'q')];
  expect(modelChanges(steps, new Map(), 0).loads).toEqual([]);
});

it('what another has read is read again, all of it where it was forgotten', () => {
  const tokens = (atOnce: number) =>
    [...modelChanges([step('a'), step('b'), step('a')], hosts(atOnce), 1000).readAgain.values()].map((again) => [
      again.model,
      again.tokens,
    ]);
  // b reads the 1000 and the first step; a then reads all of it once more, or only what b has added.
  expect(tokens(1)).toEqual([
    ['b', 1100],
    ['a', 1200],
  ]);
  expect(tokens(2)).toEqual([
    ['b', 1100],
    ['a', 100],
  ]);
});

it('one model reads nothing again, however many steps there are, and more room never means more loads', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }), fc.integer({ min: 1, max: 3 }), (models, room) => {
      const steps = models.map((model) => step(model));
      const changes = modelChanges(steps, hosts(room), 500);
      const turns = new Set(models).size < 2 ? 'none' : 'some';
      expect(changes.readAgain.size === 0 && changes.loads.length === 0 ? 'none' : 'some').toBe(turns);
      expect(modelChanges(steps, hosts(room + 1), 500).loads.length).toBeLessThanOrEqual(changes.loads.length);
    }),
  );
});
