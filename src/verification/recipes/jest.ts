import type { CheckRecipe } from '../check-recipe.ts';
import { pathIn } from '../checked-project.ts';
import { readJest } from '../reports/read-jest.ts';
import { inFolder } from '../shell-word.ts';
import { javascriptTests, missingJavaScriptPackage, packageFolders } from './javascript-tests.ts';

const report = '.multiagent-jest.json';

export const jest: CheckRecipe = {
  name: 'jest',
  async plan(project) {
    const { jest: files } = await javascriptTests(project);
    const findMissing = missingJavaScriptPackage(project);
    return packageFolders(project, files).map((folder) => ({
      kind: 'tests',
      // Without a package.json or settings Jest does not know where a project begins.
      command: inFolder(folder, `CI=1 npx --no --offline jest --ci --rootDir=. --json --outputFile=${report}`),
      tools: ['node', 'npx'],
      report: pathIn(folder, report),
      readResults: (source) => readJest(source.report),
      findObstacle: (text) => findMissing(text) ?? (/^No tests found/m.test(text) ? { kind: 'no_tests' } : undefined),
    }));
  },
};
