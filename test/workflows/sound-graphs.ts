import * as fc from 'fast-check';
import type { GraphNode } from '../../src/workflows/graph-problems.ts';

/** Every node may wait for those before it, then the order is mixed: acyclic, and in no helpful order. */
export const soundGraphs = fc
  .integer({ min: 1, max: 30 })
  .chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, (_, index) => (index === 0 ? fc.constant([]) : fc.uniqueArray(fc.nat(index - 1), { maxLength: 4 }))),
    ),
  )
  .chain((edges) => {
    const nodes = edges.map((targets, index): GraphNode => ({
      id: `step_${index}`,
      depends_on: targets.map((target) => `step_${target}`),
    }));
    return fc.shuffledSubarray(nodes, { minLength: nodes.length });
  });
