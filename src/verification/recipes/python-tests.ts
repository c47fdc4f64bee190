import { fileNameOf, folderOf } from '../../files/names/path-parts.ts';
import { isInside, type CheckedProject, type FileText } from '../checked-project.ts';
import { isPackage } from '../is-package.ts';
import { isTestFile } from '../is-test-file.ts';
import type { CheckObstacle } from '../planned-check.ts';
import { shellWord } from '../shell-word.ts';

export interface PythonTests {
  /** Files of `unittest.TestCase` classes. */
  unittest: string[];
  /** Files whose tests only pytest runs: plain functions, fixtures, parameters. */
  pytest: string[];
  /** Programs with assertions; each is a test by its exit code. */
  scripts: string[];
}

const testCase = /^class \w{1,100}\(.{0,200}TestCase\b/m;
const importsUnittest = /^(?:import|from) unittest\b/m;
const testMethod = /^[ \t]{1,40}(?:async )?def test\w{0,100}\(/m;
const importsPytest = /^(?:import|from) pytest\b/m;
const testFunction = /^(?:async )?def test\w{0,100}\(/m;
const assertion = /^[ \t]{0,40}assert\b/m;

export async function pythonTests(project: CheckedProject): Promise<PythonTests> {
  const tests: PythonTests = { unittest: [], pytest: [], scripts: [] };
  for (const file of await project.texts(/\.py$/)) {
    const kind = kindOf(file);
    if (kind !== undefined) tests[kind].push(file.path);
  }
  return tests;
}

function kindOf({ path, text }: FileText): keyof PythonTests | undefined {
  if (/^(?:conftest|__init__|setup)\.py$/.test(fileNameOf(path))) return undefined;
  if (importsPytest.test(text)) return 'pytest';
  const isNamed = isTestFile(path);
  // Functions beside cases are run by pytest only, which runs the cases, too.
  if (isNamed && testFunction.test(text)) return 'pytest';
  if (testCase.test(text)) return 'unittest';
  if (!isNamed) return undefined;
  if (testMethod.test(text)) return importsUnittest.test(text) ? 'unittest' : 'pytest';
  return assertion.test(text) ? 'scripts' : undefined;
}

/** A module as Python imports it, and the folder that it is looked for in. */
export interface PythonModule {
  folder: string;
  name: string;
}

/** Folders with an `__init__.py` are part of the name. Undefined for a file that cannot be imported by any name. */
export function moduleOf(project: CheckedProject, path: string): PythonModule | undefined {
  let folder = folderOf(path);
  const names = [fileNameOf(path).slice(0, -'.py'.length)];
  while (folder !== '' && project.paths.includes(`${folder}/__init__.py`)) {
    names.unshift(fileNameOf(folder));
    folder = folderOf(folder);
  }
  return names.some((name) => name.includes('.')) ? undefined : { folder, name: names.join('.') };
}

/** Where Python looks for modules before it looks elsewhere; to stand before a command, with a space. */
export function pythonPath(project: CheckedProject, folders: readonly string[]): string {
  const isInstalled = project.paths.some((path) => ['pyproject.toml', 'setup.py', 'setup.cfg'].includes(path));
  const source = isInstalled && project.paths.some((path) => isInside(path, 'src') && path.endsWith('.py')) ? ['src'] : [];
  const places = [...new Set([...folders, ...source])].map((folder) => (folder === '' ? '"$PWD"' : `"$PWD"/${shellWord(folder)}`));
  return places.length === 0 ? '' : `PYTHONPATH=${places.join(':')} `;
}

const notFound = /\bNo module named '?([\w.]{1,200})/g;

/** A package that Python could not find. */
export function missingPythonPackage(project: CheckedProject): (text: string) => CheckObstacle | undefined {
  return (text) => {
    for (const [, module = ''] of text.matchAll(notFound)) {
      const [name = ''] = module.split('.');
      if (name !== '' && isPackage(project, name)) return { kind: 'missing_package', name };
    }
    return undefined;
  };
}
