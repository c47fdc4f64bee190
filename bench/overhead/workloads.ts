/** One step of a workload, and what it waits for. */
export interface WorkStep {
  id: string;
  needs: string[];
}

/** The steps of `feature_development`, whose testing and deployment rest on the same one. */
export const sixSteps: WorkStep[] = [
  { id: 's0', needs: [] },
  { id: 's1', needs: ['s0'] },
  { id: 's2', needs: ['s1'] },
  { id: 's3', needs: ['s2'] },
  { id: 's4', needs: ['s2'] },
  { id: 's5', needs: ['s3', 's4'] },
];

export function chain(length: number): WorkStep[] {
  return Array.from({ length }, (_, index) => ({ id: `s${index}`, needs: index === 0 ? [] : [`s${index - 1}`] }));
}

/** Each step depends on up to two of the fifty before it; the graph is the same for every engine. */
export function randomGraph(length: number): WorkStep[] {
  let state = 1;
  const draw = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
    return (state >> 8) % below;
  };
  return Array.from({ length }, (_, index) => {
    const needs = Array.from({ length: index === 0 ? 0 : draw(3) }, () => `s${index - 1 - draw(Math.min(index, 50))}`);
    return { id: `s${index}`, needs: [...new Set(needs)] };
  });
}

/** The longest path through a workload, in steps. */
export function criticalPath(steps: readonly WorkStep[]): number {
  const depths = new Map<string, number>();
  for (const { id, needs } of steps) depths.set(id, 1 + Math.max(0, ...needs.map((name) => depths.get(name) ?? 0)));
  return Math.max(...depths.values());
}
