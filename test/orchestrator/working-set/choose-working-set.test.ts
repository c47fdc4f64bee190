import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../support/property-tests.ts';
import { chooseWorkingSet, notNeeded, type SizedFile, workingSetBudget } from '../../../src/orchestrator/working-set/choose-working-set.ts';

const file = (path: string, need: number, more: Partial<SizedFile> = {}): SizedFile => ({
  path,
  whole: 100,
  outline: 10,
  name: 2,
  need,
  ...more,
});

/** The share is what is given, signatures may take half of it, and the prompt has room for more. */
const budget = (share: number, room = 10_000) => ({ share, outlines: Math.floor(share / 2), room });
const changed = [file('a', notNeeded), file('b', 0), file('c', notNeeded)];

describe('what a step is shown of the files of its run', () => {
  it.each<[string, SizedFile[], ReturnType<typeof budget>, 'asked_for' | 'shown', ReturnType<typeof chooseWorkingSet>]>([
    [
      'the file that it changes whole, and of all what they define, where it may ask for the others',
      changed,
      budget(1000),
      'asked_for',
      { whole: ['b'], outlined: ['a', 'b', 'c'], named: [], unnamed: 0 },
    ],
    [
      'the latest of the others, too, as far as they fit, where it cannot ask',
      changed,
      budget(250),
      'shown',
      { whole: ['b', 'c'], outlined: ['a', 'b', 'c'], named: [], unnamed: 0 },
    ],
    [
      'what is needed more before what is needed less, whichever was written later',
      [file('near', 1), file('role', 2), file('handed', 3)],
      budget(250),
      'asked_for',
      { whole: ['near', 'role'], outlined: ['near', 'role', 'handed'], named: [], unnamed: 0 },
    ],
    [
      'the file that it changes whole, though it is longer than the share, as long as the prompt has room',
      [file('a', notNeeded), file('b', 0, { whole: 900 })],
      budget(400),
      'asked_for',
      { whole: ['b'], outlined: [], named: [], unnamed: 2 - 1 },
    ],
    [
      'what it defines instead, where the prompt has no room for it and the model may ask',
      [file('b', 0, { whole: 900 })],
      budget(400, 800),
      'asked_for',
      { whole: [], outlined: ['b'], named: [], unnamed: 0 },
    ],
    [
      'all of it all the same, where the model would have to write it anew unseen',
      [file('b', 0, { whole: 900 })],
      budget(400, 800),
      'shown',
      { whole: ['b'], outlined: [], named: [], unnamed: 0 },
    ],
    [
      'the names of files that have no signatures',
      [file('a', notNeeded), file('data.json', notNeeded, { outline: undefined })],
      budget(100),
      'asked_for',
      { whole: [], outlined: ['a'], named: ['data.json'], unnamed: 0 },
    ],
    [
      'the first ones, and how many more there are, where not even the names fit',
      [1, 2, 3, 4, 5, 6].map((number) => file(`n${number}`, notNeeded, { outline: undefined })),
      budget(100),
      'asked_for',
      { whole: [], outlined: [], named: ['n1', 'n2', 'n3'], unnamed: 3 },
    ],
  ])('is %s', (_, files, given, others, expected) => {
    expect(chooseWorkingSet(files, given, others)).toEqual(expected);
  });

  it.each([
    ['half the context', 16_000, 12_000, { share: 8000, outlines: 4000, room: 12_000 }],
    ['what is left of it, where that is less', 16_000, 3000, { share: 3000, outlines: 4000, room: 3000 }],
    ['nothing where nothing is left', 16_000, 0, { share: 0, outlines: 4000, room: 0 }],
  ])('may take %s', (_, contextTokens, room, expected) => {
    expect(workingSetBudget({ contextTokens, room })).toEqual(expected);
  });
});

const sizedFiles = fc
  .array(
    fc.record({
      whole: fc.integer({ min: 1, max: 3000 }),
      outline: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
      name: fc.integer({ min: 1, max: 10 }),
      need: fc.integer({ min: 0, max: notNeeded }),
    }),
    { maxLength: 60 },
  )
  .map((files) => files.map((sizes, place): SizedFile => ({ path: `f${place}`, ...sizes })));

describe('for all files and budgets', () => {
  const all = fc.record({
    files: sizedFiles,
    contextTokens: fc.integer({ min: 0, max: 40_000 }),
    room: fc.integer({ min: 0, max: 40_000 }),
    others: fc.constantFrom('asked_for' as const, 'shown' as const),
  });
  const scene = ({ files, contextTokens, room, others }: typeof all extends fc.Arbitrary<infer Value> ? Value : never) => {
    const limits = workingSetBudget({ contextTokens, room });
    const set = chooseWorkingSet(files, limits, others);
    const of = new Map(files.map((each) => [each.path, each]));
    const sum = (paths: readonly string[], size: (each: SizedFile) => number) =>
      paths.reduce((total, path) => total + size(of.get(path)!), 0);
    const changes = files.filter(({ need }) => need === 0);
    return { limits, set, of, sum, changes };
  };

  it('they take no more than their share, unless the files that change are longer; and no more than there is room for where the model may ask', () => {
    fc.assert(
      fc.property(all, (given) => {
        const { limits, set, of, sum, changes } = scene(given);
        const taken =
          sum(set.whole, ({ whole }) => whole) + sum(set.outlined, ({ outline = 0 }) => outline) + sum(set.named, ({ name }) => name);
        const ofChanges = changes.filter(({ path }) => set.whole.includes(path)).reduce((total, { whole }) => total + whole, 0);
        expect(taken).toBeLessThanOrEqual(Math.max(limits.share, ofChanges));
        expect(taken).toBeLessThanOrEqual(given.others === 'asked_for' ? limits.room : Infinity);
        expect(set.outlined.every((path) => of.get(path)!.outline !== undefined)).toBe(true);
      }),
    );
  });

  it('the files that change stand whole, all of them where there is room for all or the model cannot ask', () => {
    fc.assert(
      fc.property(all, (given) => {
        const { limits, set, changes } = scene(given);
        const total = changes.reduce((sum, { whole }) => sum + whole, 0);
        const isPossible = given.others === 'shown' || total <= limits.room;
        expect(!isPossible || changes.every(({ path }) => set.whole.includes(path))).toBe(true);
      }),
    );
  });

  it('each is shown once whole, by what it defines, by name, or counted, and always in the same order', () => {
    fc.assert(
      fc.property(all, (given) => {
        const { set } = scene(given);
        const seen = new Set([...set.whole, ...set.outlined, ...set.named]);
        expect(seen.size + set.unnamed).toBe(given.files.length);
        expect(set.named.filter((path) => set.whole.includes(path) || set.outlined.includes(path))).toEqual([]);
        const place = (path: string) => given.files.findIndex((each) => each.path === path);
        for (const paths of [set.whole, set.outlined, set.named])
          expect(paths.map(place)).toEqual(paths.map(place).toSorted((a, b) => a - b));
      }),
    );
  });

  it('what they define is the same whichever of them a step needs, while the files that change leave room for it', () => {
    fc.assert(
      fc.property(all, fc.infiniteStream(fc.integer({ min: 1, max: notNeeded })), (given, needs) => {
        const others = given.files.map((each) => ({ ...each, need: Math.max(1, each.need) }));
        const limits = workingSetBudget(given);
        const otherwise = others.map((each) => ({ ...each, need: needs.next().value as number }));
        expect(chooseWorkingSet(others, limits, given.others).outlined).toEqual(chooseWorkingSet(otherwise, limits, given.others).outlined);
      }),
    );
  });
});
