import type { CheckRecipe } from '../check-recipe.ts';
import { readGoTests } from '../reports/read-go-tests.ts';
import { goCommand, goPackages, missingGoModule } from './go-files.ts';
import { pathIn } from '../checked-project.ts';

const report = '.multiagent-go.json';

export const goTest: CheckRecipe = {
  name: 'go test',
  async plan(project) {
    const findObstacle = await missingGoModule(project);
    return goPackages(project)
      .filter(({ hasTests }) => hasTests)
      .map((packages) => ({
        kind: 'tests',
        command: `${goCommand(packages, 'test -json')} > ${report}`,
        tools: ['go'],
        report: pathIn(packages.folder, report),
        readResults: (source) => readGoTests(source.report),
        findObstacle,
      }));
  },
};
