import { folderOf } from '../../files/names/path-parts.ts';
import { parseJson, valueAt } from '../../utils/parse-json.ts';
import { type CheckedProject, type FileText, isInside, pathIn } from '../checked-project.ts';
import { isPackage } from '../is-package.ts';
import { isTestFile } from '../is-test-file.ts';
import type { CheckObstacle } from '../planned-check.ts';

type JavaScriptRunner = 'node' | 'script' | 'vitest' | 'jest';

/** Files that need a special runner are not for these recipes. */
const others = /^(?:mocha|ava|tap|jasmine|@playwright\/test|cypress|bun)$/;
const source = /\.[cm]?[jt]sx?$/;
const blocks = /^[ \t]{0,20}(?:describe|test|it)(?:\.\w{1,20})?\(/m;

/** The test files of each runner: by their imports, else by `package.json`, else by what they use. */
export async function javascriptTests(project: CheckedProject): Promise<Record<JavaScriptRunner, string[]>> {
  const tests: Record<JavaScriptRunner, string[]> = { node: [], script: [], vitest: [], jest: [] };
  for (const file of await project.texts(source)) {
    const runner = await runnerOf(project, file);
    if (runner !== undefined) tests[runner].push(file.path);
  }
  return tests;
}

async function runnerOf(project: CheckedProject, { path, text }: FileText): Promise<JavaScriptRunner | undefined> {
  if (imports(text, 'node:test')) return 'node';
  if (!isTestFile(path)) return undefined;
  if (imports(text, 'vitest')) return 'vitest';
  if (imports(text, '@jest/globals')) return 'jest';
  const isAsserting =
    imports(text, 'assert') || imports(text, 'node:assert') || imports(text, 'assert/strict') || imports(text, 'node:assert/strict');
  if (!blocks.test(text)) return isAsserting ? 'script' : undefined;
  const packages = await packagesFor(project, path);
  const named = (['vitest', 'jest'] as const).find((runner) => packages.has(runner));
  if (named !== undefined) return named;
  if ([...packages].some((name) => others.test(name))) return undefined;
  // Without a runner and its `expect` it can only be meant for Node, which says what it does not know.
  return /\bexpect\(/.test(text) ? 'jest' : 'node';
}

function imports(text: string, module: string): boolean {
  return text.includes(`'${module}'`) || text.includes(`"${module}"`);
}

/** The packages that `package.json` names, and the words of its test script. */
async function packagesFor(project: CheckedProject, path: string): Promise<Set<string>> {
  const folder = packageFolder(project, path);
  const file = folder === undefined ? undefined : parseJson(await project.text(pathIn(folder, 'package.json')));
  const lists = ['dependencies', 'devDependencies'].flatMap((key) => Object.keys(Object(valueAt(file, [key]) ?? {}) as object));
  const script = valueAt(file, ['scripts', 'test']);
  return new Set([...lists, ...(typeof script === 'string' ? script.slice(0, 1000).split(/[^\w@/.-]/) : [])]);
}

/** The nearest folder around a file with a `package.json`. */
export function packageFolder(project: CheckedProject, path: string): string | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    if (project.paths.includes(pathIn(folder, 'package.json'))) return folder;
    if (folder === '') return undefined;
  }
}

/** The folders of the packages that files belong to. */
export function packageFolders(project: CheckedProject, paths: readonly string[]): string[] {
  const folders = [...new Set(paths.map((path) => packageFolder(project, path) ?? ''))];
  return folders.filter((folder) => !folders.some((outer) => outer !== folder && isInside(folder, outer)));
}

const notFound: readonly RegExp[] = [
  /Cannot find (?:module|package) '([^'\n]{1,200})'/g,
  /Failed to resolve import "([^"\n]{1,200})"/g,
  /Preset ([\w@/-]{1,100}) not found/g,
  // The messages of newer and older versions of npx.
  /npm error request to \S{0,200}\/([\w@%.-]{1,100}) failed: cache mode/g,
  /npx canceled due to missing packages and no YES option: \["([\w/-]{1,100})/g,
];

/** A package that Node, a runner or npx could not find. */
export function missingJavaScriptPackage(project: CheckedProject): (text: string) => CheckObstacle | undefined {
  return (text) => {
    for (const pattern of notFound)
      for (const [, module = ''] of text.matchAll(pattern)) {
        const name = packageName(module);
        if (name !== undefined && isPackage(project, name)) return { kind: 'missing_package', name };
      }
    return undefined;
  };
}

/** Without what stands inside of a package; undefined for a path and for what is Node's own. */
function packageName(module: string): string | undefined {
  if (/^(?:\.|\/|#|~|file:|node:|[A-Za-z]:\\)/.test(module)) return undefined;
  const [first = '', second] = module.split('/');
  return first.startsWith('@') && second !== undefined ? `${first}/${second}` : first;
}
