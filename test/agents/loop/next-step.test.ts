import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { shortcoming, shortcomings, type Shortcoming } from '../../../src/orchestrator/judging/file/file-to-check.ts';
import type { Finding, Remedy } from '../../../src/agents/loop/finding.ts';
import { followSteps } from '../../../src/agents/loop/follow-steps.ts';
import { nextStep, type NextStep, type Tried } from '../../../src/agents/loop/next-step.ts';
import { oneFile, oneText, wholeStep, type TurnBounds } from '../../../src/agents/loop/turn-bounds.ts';

const found = (remedy: Remedy, code: string = remedy): Finding => ({ code, message: code, remedy });
const tried = (by: Tried['by'], ...findings: Finding[]): Tried => ({ by, findings });
const never = { showings: 0, calls: 0, edits: 0 };
const fault = found('correct');
const broken = found('repair');

describe('what follows the reply to a message that asks for all of a step', () => {
  test.each<[string, Tried[], NextStep]>([
    ['nothing is wrong: it is taken', [tried('first')], { kind: 'accept', reply: 0 }],
    ['a fault: the model is told', [tried('first', fault)], { kind: 'correct', finding: fault }],
    ['nothing is wrong any more', [tried('first', fault), tried('correct')], { kind: 'accept', reply: 1 }],
    [
      'a fault once more: it fails, with both',
      [tried('first', found('correct', 'a')), tried('correct', found('correct', 'b'))],
      { kind: 'give_up', findings: [found('correct', 'a'), found('correct', 'b')] },
    ],
    ['what nothing helps against', [tried('first', found('none'), fault)], { kind: 'give_up', findings: [found('none')] }],
    [
      'the same after a correction',
      [tried('first', fault), tried('correct', found('none'))],
      { kind: 'give_up', findings: [found('none')] },
    ],
    ['files that do not parse: they are asked for', [tried('first', broken)], { kind: 'repair' }],
    ['a repair that helped', [tried('first', broken), tried('repair')], { kind: 'accept', reply: 1 }],
    ['a repair that did not', [tried('first', broken), tried('repair', broken)], { kind: 'accept', reply: 0 }],
    [
      'files that do not parse after a correction: they are told of',
      [tried('first', fault), tried('correct', broken)],
      { kind: 'accept', reply: 1 },
    ],
  ])('%s', (_, replies, expected) => {
    expect(nextStep({ tried: replies, bounds: wholeStep })).toEqual(expected);
  });
});

describe('a reply that calls tools', () => {
  const call = found('call');
  const bounds = { ...wholeStep, calls: 2 };

  test.each<[string, Tried[], NextStep]>([
    ['is answered with what they say', [tried('first', call)], { kind: 'call', finding: call }],
    ['is taken once it calls none any more', [tried('first', call), tried('call')], { kind: 'accept', reply: 1 }],
    ['is corrected by what else is found', [tried('first', call), tried('call', fault)], { kind: 'correct', finding: fault }],
    ['may go on calling after that', [tried('first', call), tried('call', fault), tried('correct', call)], { kind: 'call', finding: call }],
    [
      'is told to end where it called as often as it may',
      [tried('first', call), tried('call', call), tried('call', call)],
      { kind: 'correct', finding: call },
    ],
    [
      'fails where it calls even then',
      [tried('first', call), tried('call', call), tried('call', call), tried('correct', call)],
      { kind: 'give_up', findings: [call, call, call, call] },
    ],
  ])('%s', (_, replies, expected) => {
    expect(nextStep({ tried: replies, bounds })).toEqual(expected);
  });
});

describe('giving up', () => {
  const [one, other] = [found('correct', 'one'), found('correct', 'other')];

  it('tells of each reply the fault that the model was told of', () => {
    expect(nextStep({ tried: [tried('first', one, other)], bounds: wholeStep })).toEqual({ kind: 'correct', finding: one });
    expect(nextStep({ tried: [tried('first', one, other), tried('correct', other, one)], bounds: wholeStep })).toEqual({
      kind: 'give_up',
      findings: [one, other],
    });
  });

  it('tells nothing of a reply without a fault', () => {
    const replies = [tried('first', found('try_again')), tried('try_again', one)];
    expect(nextStep({ tried: replies, bounds: oneText })).toEqual({ kind: 'give_up', findings: [one] });
  });
});

describe('what follows the reply to a message that asks for one file', () => {
  const bounds = oneFile({ origin: 'named' }, 3);
  const file = (by: Tried['by'], ...codes: Shortcoming[]) => tried(by, ...codes.map((code) => shortcoming(code, code)));
  const steps = (replies: Tried[], tokens = 0) => nextStep({ tried: replies, bounds, tokens });

  it('is another try, as often as the profile says, until nothing is found', () => {
    expect(steps([file('first', 'placeholder')])).toEqual({ kind: 'try_again', attempt: 2 });
    expect(steps([file('first', 'placeholder'), file('try_again', 'no_file')])).toEqual({ kind: 'try_again', attempt: 3 });
    expect(steps([file('first', 'placeholder'), file('try_again')])).toEqual({ kind: 'accept', reply: 1 });
  });

  it('is none where it is too dear for the run, unless there is nothing to keep', () => {
    const dear = (replies: Tried[]) => nextStep({ tried: replies, bounds, isDear: () => true });
    expect(dear([file('first', 'placeholder')])).toEqual({ kind: 'accept', reply: 0 });
    expect(dear([file('first', 'no_file')])).toEqual({ kind: 'try_again', attempt: 2 });
  });

  it('is none after many tokens, and one at most for what our own code came up with', () => {
    expect(steps([file('first', 'placeholder')], 1200)).toEqual({ kind: 'accept', reply: 0 });
    expect(oneFile({ origin: 'derived' }, 3)).toEqual({
      ...never,
      corrections: 0,
      repairs: 0,
      tries: 1,
      tokens: 400,
      timesWhereSomeHolds: 2,
    });
    expect(oneFile({ origin: 'derived' }, 1).tries).toBe(0);
    expect(oneFile({ origin: 'named' }, 4)).toEqual({
      ...never,
      corrections: 0,
      repairs: 0,
      tries: 3,
      tokens: 1200,
      timesWhereSomeHolds: 2,
    });
  });

  it.each<[string, Shortcoming[][], number]>([
    ['the mildest problem', [['does_not_parse'], ['placeholder', 'placeholder', 'placeholder'], ['does_not_parse']], 1],
    ['the fewest of one kind', [['cannot_work', 'cannot_work'], ['cannot_work'], ['incomplete']], 1],
    ['the first of equals', [['cannot_work'], ['cannot_work'], ['cannot_work']], 0],
    ['a file that does not parse rather than none', [['no_file'], ['does_not_parse'], ['no_file']], 1],
  ])('of several replies that are not as they should be the best is the one with %s', (_, codes, reply) => {
    const replies = codes.map((each, place) => file(place === 0 ? 'first' : 'try_again', ...each));
    expect(steps(replies)).toEqual({ kind: 'accept', reply });
  });

  it('is tried twice as often where some of the examples hold, and the one of which most hold is the best', () => {
    const held = (by: Tried['by'], count: number, ...codes: Shortcoming[]): Tried => ({ ...file(by, ...codes), held: count });
    const replies = [held('first', 2, 'example_fails', 'cannot_work'), held('try_again', 1, 'example_fails'), file('try_again', 'no_file')];
    expect(steps(replies, 1200)).toEqual({ kind: 'try_again', attempt: 4 });
    expect(steps(replies, 2400)).toEqual({ kind: 'accept', reply: 0 });
    expect(steps([held('first', 1, 'example_fails')], 1200), 'one that holds is some').toEqual({ kind: 'try_again', attempt: 2 });
    const none = [held('first', 0, 'example_fails'), held('try_again', 0, 'example_fails'), held('try_again', 0, 'example_fails')];
    expect(steps(none)).toEqual({ kind: 'accept', reply: 0 });
    expect(nextStep({ tried: [held('first', 1, 'example_fails')], bounds: oneFile({ origin: 'named' }, 1) })).toEqual({
      kind: 'accept',
      reply: 0,
    });
  });

  it('is giving up where there is nothing to keep: no file, one without a change, or comments only', () => {
    const replies = [file('first', 'no_file'), file('try_again', 'unchanged', 'cannot_work'), file('try_again', 'prose')];
    expect(steps(replies)).toMatchObject({
      kind: 'give_up',
      findings: [{ code: 'no_file' }, { code: 'unchanged' }, {}, { code: 'prose' }],
    });
  });
});

test('a whole step is corrected once and repaired once, and a text is neither; what nothing was found wrong with costs nothing more', () => {
  const again = { tokens: Infinity, timesWhereSomeHolds: 1 };
  expect(wholeStep).toEqual({ showings: 3, calls: 0, edits: 2, corrections: 1, repairs: 1, tries: 0, ...again });
  expect(oneText).toEqual({ ...never, corrections: 0, repairs: 0, tries: 1, ...again });
});

test('a text gets one more try', () => {
  const empty: Finding = { ...found('try_again', 'reply.empty'), weight: Infinity };
  expect(nextStep({ tried: [tried('first', empty)], bounds: oneText })).toEqual({ kind: 'try_again', attempt: 2 });
  expect(nextStep({ tried: [tried('first', empty), tried('try_again', empty)], bounds: oneText })).toEqual({
    kind: 'give_up',
    findings: [empty, empty],
  });
});

const anyFinding: fc.Arbitrary<Finding> = fc.oneof(
  fc.constantFrom<Remedy>('call', 'show', 'mend_edit', 'correct', 'repair', 'try_again', 'none').map((remedy) => found(remedy)),
  fc.constantFrom(...shortcomings).map((code) => shortcoming(code, code)),
);
const anyBounds: fc.Arbitrary<TurnBounds> = fc.record({
  showings: fc.nat(4),
  calls: fc.nat(4),
  edits: fc.nat(3),
  corrections: fc.nat(4),
  repairs: fc.nat(4),
  tries: fc.nat(4),
  tokens: fc.constantFrom(10, 1000, Infinity),
  timesWhereSomeHolds: fc.constantFrom(1, 2),
});

test('it always comes to an end, within its bounds, whatever is found', async () => {
  await fc.assert(
    fc.asyncProperty(anyBounds, fc.infiniteStream(fc.array(anyFinding, { maxLength: 3 })), async (bounds, answers) => {
      const next = () => answers.next().value as Finding[];
      const end = await followSteps({
        bounds,
        begin: async () => tried('first', ...next()),
        act: async ({ kind }) => ({ ...tried(kind, ...next()), held: 1 }),
        costOf: (replies) => ({ tokens: replies.length * 5 }),
      });
      const used = (by: Tried['by']) => end.tried.filter((one) => one.by === by).length;
      expect(used('call')).toBeLessThanOrEqual(bounds.calls);
      expect(used('show')).toBeLessThanOrEqual(bounds.showings);
      expect(used('mend_edit')).toBeLessThanOrEqual(bounds.edits);
      expect(used('correct')).toBeLessThanOrEqual(bounds.corrections);
      expect(used('repair')).toBeLessThanOrEqual(bounds.repairs);
      expect(used('try_again')).toBeLessThanOrEqual((bounds.tries + 1) * bounds.timesWhereSomeHolds - 1);
      expect(used('first')).toBe(1);
      expect(end.kind === 'accepted' || end.findings.length > 0).toBe(true);
    }),
  );
});
