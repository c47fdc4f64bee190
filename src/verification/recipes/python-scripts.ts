import type { CheckRecipe } from '../check-recipe.ts';
import { shellWord } from '../shell-word.ts';
import { folderOf } from '../../files/names/path-parts.ts';
import { missingPythonPackage, pythonPath, pythonTests } from './python-tests.ts';

/** Test files that are programs of plain assertions: each is one test, by its exit code. */
export const pythonScripts: CheckRecipe = {
  name: 'python script',
  async plan(project) {
    const { scripts } = await pythonTests(project);
    return scripts.map((path) => ({
      kind: 'tests',
      // Python looks beside the program, not where it is started.
      command: `${pythonPath(project, folderOf(path) === '' ? [] : [''])}python3 -B ${shellWord(path)}`,
      tools: ['python3'],
      singleTest: path,
      findObstacle: missingPythonPackage(project),
    }));
  },
};
