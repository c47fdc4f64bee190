import type { CheckRecipe } from '../check-recipe.ts';
import { goCommand, goPackages, missingGoModule } from './go-files.ts';

/** Go without tests: whether it compiles, and what Go itself finds suspicious. If there are tests, running them finds that as well. */
export const goVet: CheckRecipe = {
  name: 'go vet',
  async plan(project) {
    const findObstacle = await missingGoModule(project);
    return goPackages(project)
      .filter(({ hasTests }) => !hasTests)
      .map((packages) => ({ kind: 'build', command: goCommand(packages, 'vet'), tools: ['go'], findObstacle }));
  },
};
