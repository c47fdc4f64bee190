import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { judgeText } from '../../../src/orchestrator/judging/judge-text.ts';
import { TextIndex } from '../../../src/orchestrator/judging/text-index.ts';

const words = fc.constantFrom('row', 'seat', 'hall', 'front', 'back', 'singer');
const texts = fc.array(
  fc.array(words, { maxLength: 30 }).map((list) => list.join(' ')),
  { maxLength: 8 },
);

it('finds every text that a comparison with all of them would find', () => {
  fc.assert(
    fc.property(texts, fc.nat(), (earlier, pick) => {
      const text = `${earlier[pick % Math.max(1, earlier.length)] ?? 'row seat'} back`;
      const index = new TextIndex();
      for (const other of earlier) index.add(other);
      const judge = (others: string[]) => judgeText({ text, message: 'Other.', requirement: 'Another.', earlier: others });
      expect(judge(index.like(text).map((place) => earlier[place]!))).toEqual(judge(earlier));
    }),
  );
});

it('leaves out what has nothing in common with the text', () => {
  const index = new TextIndex();
  index.add('The rows are called by letters and the seats in each of them are numbered from one.');
  index.add('A bakery writes its price list anew whenever the flour becomes dearer than it was.');
  expect(index.like('The rows are called by letters and the seats in each of them are numbered from one.')).toEqual([0]);
});
