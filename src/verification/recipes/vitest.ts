import type { CheckRecipe } from '../check-recipe.ts';
import { pathIn } from '../checked-project.ts';
import { readJUnit } from '../reports/read-junit.ts';
import { inFolder } from '../shell-word.ts';
import { javascriptTests, missingJavaScriptPackage, packageFolders } from './javascript-tests.ts';

const report = '.multiagent-vitest.xml';

export const vitest: CheckRecipe = {
  name: 'vitest',
  async plan(project) {
    const { vitest: files } = await javascriptTests(project);
    const findMissing = missingJavaScriptPackage(project);
    return packageFolders(project, files).map((folder) => ({
      kind: 'tests',
      command: inFolder(folder, `CI=1 npx --no --offline vitest run --reporter=default --reporter=junit --outputFile.junit=${report}`),
      tools: ['node', 'npx'],
      report: pathIn(folder, report),
      readResults: (source) => readJUnit(source.report),
      findObstacle: (text) => findMissing(text) ?? (/^No test files found/m.test(text) ? { kind: 'no_tests' } : undefined),
    }));
  },
};
