import type { ProjectMap } from './project-map.ts';

const damping = 0.85;
const rounds = 20;

/**
 * The files by how much of the project rests on them, those first on which most does: who is imported by many, and by those who are themselves imported.
 * Nearly equal weights count as equal, and then the path decides, so that a small change seldom changes the order.
 */
export function rankByImports({ files }: ProjectMap): string[] {
  const at = new Map(files.map(({ path }, index) => [path, index]));
  const targets = files.map(({ imports }) => Uint32Array.from(imports.flatMap((path) => at.get(path) ?? [])));
  let weights = new Float64Array(files.length).fill(1);
  for (let round = 0; round < rounds; round += 1) {
    const next = new Float64Array(files.length).fill(1 - damping);
    for (let index = 0; index < targets.length; index += 1) {
      const imported = targets[index]!;
      const share = (damping * weights[index]!) / Math.max(1, imported.length);
      for (let place = 0; place < imported.length; place += 1) next[imported[place]!]! += share;
    }
    weights = next;
  }
  const steps = Array.from(weights, (weight) => Math.round(Math.log2(weight) * 2));
  return files
    .map(({ path }, index) => ({ path, step: steps[index]! }))
    .toSorted((one, other) => other.step - one.step || (one.path < other.path ? -1 : 1))
    .map(({ path }) => path);
}
