import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseModel } from '../../../src/llm/routing/choose-model.ts';
import type { ModelCandidate } from '../../../src/llm/routing/model-candidate.ts';
import { assumedPrice, assumedSpeed, type ModelFigures } from '../../../src/llm/routing/model-figures.ts';
import { rateModel, type RoutedTask } from '../../../src/llm/routing/rate-model.ts';
import { preferencesOf, routingGoals } from '../../../src/llm/routing/routing-preferences.ts';

/** A candidate with what is known of it. */
interface Known {
  candidate: ModelCandidate;
  share: number | undefined;
  speed: { read: number; write: number } | undefined;
  price: { read: number; write: number } | undefined;
  before: number;
}

const figuresOf = (all: readonly Known[]): ModelFigures => {
  const of = ({ name }: ModelCandidate) => all.find(({ candidate }) => candidate.name === name);
  return {
    qualityOf(candidate) {
      const share = of(candidate)?.share;
      return share === undefined ? undefined : { share, from: 'measured' };
    },
    speedOf: (candidate) => of(candidate)?.speed,
  };
};

const taskOf = (all: readonly Known[], parts = 1): RoutedTask => ({
  parts: Array.from({ length: parts }, () => ({ families: ['library'], readTokens: 800, writeTokens: 600 })),
  where: 'anywhere',
  secondsBefore: ({ name }) => all.find(({ candidate }) => candidate.name === name)?.before ?? 0,
});

const choose = (all: readonly Known[], goal: keyof typeof preferencesOf = 'balance', parts = 1) =>
  chooseModel(
    taskOf(all, parts),
    all.map(({ candidate, price }) => ({ ...candidate, price })),
    figuresOf(all),
    preferencesOf[goal],
  );

const named = (name: string, rest: Partial<Omit<Known, 'candidate'>> & { where?: ModelCandidate['where'] } = {}): Known => ({
  candidate: {
    name,
    place: name,
    model: name,
    where: rest.where ?? 'here',
    address: 'http://127.0.0.1:1/v1',
    size: undefined,
    price: undefined,
  },
  share: rest.share,
  speed: rest.speed,
  price: rest.price ?? (rest.where === 'elsewhere' ? undefined : { read: 0, write: 0 }),
  before: rest.before ?? 0,
});

const perSecond = fc.double({ min: 0.1, max: 5000, noNaN: true });
const aPrice = fc.double({ min: 0, max: 100, noNaN: true });
const unknownOr = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const some = fc
  .array(
    fc.record({
      share: unknownOr(fc.double({ min: 0, max: 1, noNaN: true })),
      speed: unknownOr(fc.record({ read: perSecond, write: perSecond })),
      price: unknownOr(fc.record({ read: aPrice, write: aPrice })),
      before: fc.double({ min: 0, max: 300, noNaN: true }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((list) => list.map((each, index): Known => ({ ...named(`m${index}`), ...each })));
const goal = fc.constantFrom(...routingGoals);
const parts = fc.integer({ min: 1, max: 4 });

it.each([
  ['measured', 'measured', 'measured'],
  ['assumed', 'assumed', 'assumed'],
  ['measured', 'assumed', 'partly'],
  ['measured', undefined, 'partly'],
  ['assumed', undefined, 'assumed'],
  [undefined, undefined, undefined],
] as const)('of a model with one part %s and one %s it is said that what it promises is %s', (first, second, from) => {
  const [part] = taskOf([]).parts;
  const parts = (['library', 'parser'] as const).map((family) => ({ ...part!, families: [family] }));
  const figures: ModelFigures = {
    qualityOf(_, [family]) {
      const known = family === 'library' ? first : second;
      return known && { share: 0.5, from: known };
    },
    speedOf: () => undefined,
  };
  const { quality } = rateModel({ ...taskOf([]), parts }, named('a').candidate, figures, preferencesOf.balance);
  expect(quality?.from).toBe(from);
});

describe('the choice of a model', () => {
  it.each<[why: string, candidates: Known[], goal: keyof typeof preferencesOf, chosen: string | undefined]>([
    ['takes the only one', [named('a')], 'balance', 'a'],
    ['takes none where there is none', [], 'balance', undefined],
    ['takes the better one', [named('a', { share: 0.2 }), named('b', { share: 0.5 })], 'balance', 'b'],
    [
      'takes the quicker of two that are as good',
      [named('a', { share: 0.5, speed: { read: 100, write: 5 } }), named('b', { share: 0.5, speed: { read: 100, write: 20 } })],
      'balance',
      'b',
    ],
    [
      'takes the cheaper of two that are as good',
      [named('a', { share: 0.5, price: { read: 3, write: 15 } }), named('b', { share: 0.5, price: { read: 1, write: 5 } })],
      'balance',
      'b',
    ],
    ['takes the first of those of which nothing is known', [named('b'), named('a')], 'balance', 'b'],
    [
      'does not wait minutes for a little more',
      [named('a', { share: 0.5, speed: { read: 100, write: 20 } }), named('b', { share: 0.52, speed: { read: 100, write: 2 } })],
      'balance',
      'a',
    ],
    [
      'waits where quality is what counts',
      [named('a', { share: 0.5, speed: { read: 100, write: 20 } }), named('b', { share: 0.6, speed: { read: 100, write: 2 } })],
      'quality',
      'b',
    ],
    [
      'does not pay where price is what counts',
      [named('a', { share: 0.1 }), named('b', { share: 0.5, price: { read: 3, write: 15 } })],
      'price',
      'a',
    ],
    [
      'stays where a change takes longer than it gains',
      [named('a', { share: 0.5 }), named('b', { share: 0.55, before: 60 })],
      'balance',
      'a',
    ],
    ['changes where it gains more', [named('a', { share: 0.1 }), named('b', { share: 0.5, before: 60 })], 'balance', 'b'],
    [
      'does not take a service of which nothing is known',
      [named('a', { share: 0.01 }), named('b', { where: 'elsewhere' })],
      'quality',
      'a',
    ],
  ])('%s', (_, candidates, goal, chosen) => {
    expect(choose(candidates, goal)?.chosen.candidate.name).toBe(chosen);
  });

  it('gives work that must stay here only to models that are here', () => {
    const all = [named('far', { share: 1, where: 'elsewhere', price: { read: 0, write: 0 } }), named('near', { share: 0.1 })];
    const near = { ...taskOf(all), where: 'here' as const };
    const of = (list: readonly Known[]) =>
      chooseModel(
        near,
        list.map(({ candidate, price }) => ({ ...candidate, price })),
        figuresOf(all),
        preferencesOf.quality,
      );
    expect(of(all)?.chosen.candidate.name).toBe('near');
    expect(of(all.slice(0, 1))).toBeUndefined();
  });

  it('is the same each time, and the order of the list only decides between equals', () => {
    fc.assert(
      fc.property(some, goal, parts, (all, goal, parts) => {
        const choice = choose(all, goal, parts);
        expect(choose(all, goal, parts)).toEqual(choice);
        expect(choose(all.toReversed(), goal, parts)?.chosen.points).toBe(choice?.chosen.points);
      }),
    );
  });

  it('never takes a model that is worse than another in all three respects', () => {
    const known = some.map((all) =>
      all.map((each) => ({
        ...each,
        share: each.share ?? 0,
        speed: each.speed ?? assumedSpeed,
        price: each.price ?? assumedPrice,
        before: 0,
      })),
    );
    fc.assert(
      fc.property(known, goal, parts, (all, goal, parts) => {
        const name = choose(all, goal, parts)?.chosen.candidate.name;
        const chosen = all.find(({ candidate }) => candidate.name === name)!;
        const isBetter = ({ share, speed, price }: (typeof all)[number]) =>
          share > chosen.share &&
          speed.read > chosen.speed.read &&
          speed.write > chosen.speed.write &&
          price.read < chosen.price.read &&
          price.write < chosen.price.write;
        expect(all.filter(isBetter)).toEqual([]);
      }),
    );
  });

  it('is not changed by one more candidate, unless that one is taken', () => {
    fc.assert(
      fc.property(some, goal, parts, fc.nat(), (all, goal, parts, place) => {
        const added = all[place % all.length]!;
        const without = choose(
          all.filter((each) => each !== added),
          goal,
          parts,
        )?.chosen.candidate.name;
        const chosen = choose(all, goal, parts)?.chosen.candidate.name;
        expect([without, added.candidate.name]).toContain(chosen);
      }),
    );
  });

  it('never passes over what is known to be better for what nobody knows', () => {
    const unknown = fc.record({ share: fc.boolean(), speed: fc.boolean(), price: fc.boolean() });
    fc.assert(
      fc.property(some, unknown, goal, parts, (all, is, goal, parts) => {
        // As good as anything that is not known, and better in one respect.
        const [one] = all;
        const share = is.share ? 0 : (one?.share ?? 0);
        const speed = is.speed || one?.speed === undefined ? assumedSpeed : one.speed;
        const price = is.price || one?.price === undefined ? assumedPrice : one.price;
        const better = { ...named('better'), share: Math.min(1, share + 0.01), speed, price };
        const other = {
          ...named('other'),
          share: is.share ? undefined : share,
          speed: is.speed ? undefined : speed,
          price: is.price ? undefined : price,
        };
        fc.pre(better.share > share);
        for (const list of [
          [better, other],
          [other, better],
        ])
          expect(choose(list, goal, parts)?.chosen.candidate.name).toBe('better');
      }),
    );
  });
});
