import type { CheckRecipe } from '../check-recipe.ts';
import { shellWord } from '../shell-word.ts';
import { javascriptTests } from './javascript-tests.ts';
import { nodeObstacle } from './node-test.ts';

/** Test files that are programs of assertions: each is one test, by its exit code. */
export const nodeScripts: CheckRecipe = {
  name: 'node script',
  async plan(project) {
    const { script } = await javascriptTests(project);
    return script.map((path) => ({
      kind: 'tests',
      command: `node ${shellWord(path)}`,
      tools: ['node'],
      singleTest: path,
      findObstacle: nodeObstacle(project),
    }));
  },
};
