import type { CheckRecipe } from '../check-recipe.ts';
import { readUnittest } from '../reports/read-unittest.ts';
import { shellWords } from '../shell-word.ts';
import { missingPythonPackage, moduleOf, pythonPath, pythonTests } from './python-tests.ts';

/**
 * Python's own tests, by module name: they are found in any folder, even in `test`, which is also the name of a package in Python. Two modules with the same
 * name in two folders take two commands.
 */
export const unittest: CheckRecipe = {
  name: 'unittest',
  async plan(project) {
    const { unittest: files } = await pythonTests(project);
    const commands: { names: Set<string>; folders: string[] }[] = [];
    for (const path of files) {
      const module = moduleOf(project, path);
      if (module === undefined) continue;
      const free = commands.find(({ names }) => !names.has(module.name));
      if (free === undefined) commands.push({ names: new Set([module.name]), folders: [module.folder] });
      else {
        free.names.add(module.name);
        free.folders.push(module.folder);
      }
    }
    const findMissing = missingPythonPackage(project);
    // Unbuffered (-u): otherwise the output of tests would come after the summary line and could be mistaken for one.
    return commands.map(({ names, folders }) => ({
      kind: 'tests',
      command: `${pythonPath(
        project,
        folders.filter((folder) => folder !== ''),
      )}python3 -u -B -m unittest -v ${shellWords([...names])}`,
      tools: ['python3'],
      readResults: ({ output }) => readUnittest(output),
      findObstacle: (text) => findMissing(text) ?? (/^NO TESTS RAN/m.test(text) ? { kind: 'no_tests' } : undefined),
    }));
  },
};
