import { fileNameOf } from '../../files/names/path-parts.ts';
import type { CheckRecipe } from '../check-recipe.ts';
import { readJUnit } from '../reports/read-junit.ts';
import { shellWords } from '../shell-word.ts';
import { missingPythonPackage, moduleOf, pythonPath, pythonTests } from './python-tests.ts';

const report = '.multiagent-pytest.xml';

/** Tests that only pytest runs, and those whose files have names that Python cannot import. */
export const pytest: CheckRecipe = {
  name: 'pytest',
  async plan(project) {
    const tests = await pythonTests(project);
    const files = [...tests.pytest, ...tests.unittest.filter((path) => moduleOf(project, path) === undefined)];
    if (files.length === 0) return [];
    // Modules with the same name, and names with dots, are read by path; otherwise the files beside them could not be imported.
    const isByPath = new Set(files.map(fileNameOf)).size < files.length || files.some((path) => moduleOf(project, path) === undefined);
    const mode = isByPath ? ' --import-mode=importlib' : '';
    const folders = isByPath ? files.flatMap((path) => moduleOf(project, path)?.folder || []) : [];
    const findMissing = missingPythonPackage(project);
    return [
      {
        kind: 'tests',
        command: `${pythonPath(project, folders)}python3 -B -m pytest -q -p no:cacheprovider${mode} --junitxml=${report} ${shellWords(files)}`,
        tools: ['python3'],
        report,
        readResults: (source) => readJUnit(source.report),
        findObstacle: (text) => findMissing(text) ?? (/^no tests (?:ran|collected)/m.test(text) ? { kind: 'no_tests' } : undefined),
      },
    ];
  },
};
