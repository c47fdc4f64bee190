import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { layoutGraph } from '../../../src/cli/definitions/layout-graph.ts';
import { inGraphOrder } from '../../../src/workflows/graph-order.ts';
import { soundGraphs } from '../../workflows/sound-graphs.ts';

const gaps = { beside: 20, below: 30 };

const sized = soundGraphs.chain((nodes) =>
  fc
    .array(fc.record({ width: fc.integer({ min: 20, max: 300 }), height: fc.integer({ min: 20, max: 300 }) }), {
      minLength: nodes.length,
      maxLength: nodes.length,
    })
    .map((sizes) => inGraphOrder(nodes).map(({ id, depends_on: dependsOn }, index) => ({ id, dependsOn, ...sizes[index]! }))),
);

it('no two boxes overlap, each stands in the picture and below what it depends on, and each dependency is one line between the two', () => {
  fc.assert(
    fc.property(sized, (nodes) => {
      const { width, height, boxes, lines } = layoutGraph(nodes, gaps);
      const places = new Map(boxes.map((box) => [box.id, box]));
      expect([...places.keys()].toSorted()).toEqual(nodes.map(({ id }) => id).toSorted());
      for (const box of boxes) {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(width + 0.001);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
        const overlapping = boxes.filter(
          (other) =>
            other !== box &&
            other.x < box.x + box.width &&
            box.x < other.x + other.width &&
            other.y < box.y + box.height &&
            box.y < other.y + other.height,
        );
        expect(overlapping).toEqual([]);
      }
      const edges = nodes.flatMap(({ id, dependsOn }) => dependsOn.map((needed) => [places.get(needed)!, places.get(id)!] as const));
      expect(lines.length).toBe(edges.length);
      for (const [index, [from, to]] of edges.entries()) {
        const points = lines[index]!;
        expect(to.y).toBeGreaterThanOrEqual(from.y + from.height + gaps.below);
        expect(points[0]).toEqual({ x: from.x + from.width / 2, y: from.y + from.height });
        expect(points.at(-1)).toEqual({ x: to.x + to.width / 2, y: to.y });
      }
    }),
  );
});

it('a line that passes a layer runs through no box', () => {
  fc.assert(
    fc.property(sized, (nodes) => {
      const { boxes, lines } = layoutGraph(nodes, gaps);
      for (const points of lines) {
        for (const [index, point] of points.entries()) {
          const next = points[index + 1];
          // Only the upright parts are within a layer.
          if (next === undefined || next.x !== point.x) continue;
          const crossed = boxes.filter(
            (box) => box.x < point.x && point.x < box.x + box.width && box.y < next.y - 0.001 && point.y + 0.001 < box.y + box.height,
          );
          expect(crossed).toEqual([]);
        }
      }
    }),
  );
});

it('a graph with very many long lines is laid out quickly enough to be drawn at all', () => {
  const nodes = Array.from({ length: 1500 }, (_, index) => ({
    id: `s${index}`,
    dependsOn: index === 0 ? [] : [`s${index - 1}`, ...(index > 1 ? ['s0'] : [])],
    width: 100,
    height: 40,
  }));
  expect(layoutGraph(nodes, gaps).boxes.length).toBe(1500);
});
