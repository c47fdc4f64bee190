import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inGraphOrder } from '../../src/workflows/graph-order.ts';
import { soundGraphs } from './sound-graphs.ts';

const idsOf = (nodes: { id: string }[]) => nodes.map(({ id }) => id);

test('each node of any sound graph comes once, and behind everything that it depends on', () => {
  fc.assert(
    fc.property(soundGraphs, (nodes) => {
      const ordered = inGraphOrder(nodes);
      expect(idsOf(ordered).toSorted()).toEqual(idsOf(nodes).toSorted());
      for (const [place, { depends_on }] of ordered.entries())
        expect(idsOf(ordered.slice(0, place))).toEqual(expect.arrayContaining([...depends_on]));
    }),
  );
});

test('what is in order already stays as it is', () => {
  fc.assert(
    fc.property(soundGraphs, (nodes) => {
      const ordered = inGraphOrder(nodes);
      expect(inGraphOrder(ordered)).toEqual(ordered);
    }),
  );
});

test('what a node needs and stands behind it is taken before it, in the order in which it stands', () => {
  const listed = [
    { id: 'report', depends_on: ['tests', 'code'] },
    { id: 'notes', depends_on: [] },
    { id: 'code', depends_on: [] },
    { id: 'tests', depends_on: ['code'] },
  ];
  expect(idsOf(inGraphOrder(listed))).toEqual(['code', 'tests', 'report', 'notes']);
});

test('a very long chain that stands backwards is put in order', () => {
  const size = 100_000;
  const backwards = Array.from({ length: size }, (_, place) => ({
    id: `s${size - place}`,
    depends_on: place === size - 1 ? [] : [`s${size - place - 1}`],
  }));
  expect(inGraphOrder(backwards)[0]?.id).toBe('s1');
});
