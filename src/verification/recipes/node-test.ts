import type { CheckRecipe } from '../check-recipe.ts';
import type { CheckedProject } from '../checked-project.ts';
import type { CheckObstacle } from '../planned-check.ts';
import { junitTests } from '../reports/read-junit.ts';
import { shellWords } from '../shell-word.ts';
import { testResults, type TestResults } from '../test-results.ts';
import { javascriptTests, missingJavaScriptPackage } from './javascript-tests.ts';

const report = '.multiagent-node.xml';

/** Tests for `node:test`, in JavaScript (both module systems) and in TypeScript whose types Node can strip. */
export const nodeTest: CheckRecipe = {
  name: 'node --test',
  async plan(project) {
    const { node: files } = await javascriptTests(project);
    if (files.length === 0) return [];
    const reporters = `--test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination=${report}`;
    return [
      {
        kind: 'tests',
        command: `node --test ${reporters} ${shellWords(files)}`,
        tools: ['node'],
        report,
        readResults: (source) => withoutFiles(source.report, files),
        findObstacle: nodeObstacle(project),
      },
    ];
  },
};

/** Node counts a file without tests as one passed test. */
function withoutFiles(report: string | undefined, files: readonly string[]): TestResults | undefined {
  const isFile = (name: string) => files.some((path) => name === path || name.endsWith(`/${path}`));
  const tests = report === undefined ? undefined : junitTests(report);
  return tests && testResults(tests.filter(({ name, outcome }) => outcome !== 'passed' || !isFile(name)));
}

/** What Node prints if a package is missing, or if it cannot run this TypeScript although another program might. */
export function nodeObstacle(project: CheckedProject): (text: string) => CheckObstacle | undefined {
  const findMissing = missingJavaScriptPackage(project);
  return (text) => {
    if (/Unknown file extension "\.[cm]?tsx?"/.test(text))
      return { kind: 'missing_tool', tool: 'a Node that runs TypeScript (22.18 or later)' };
    if (text.includes('ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'))
      return { kind: 'not_run', why: 'Node runs TypeScript by taking its types away, and there is more than types in these files' };
    const [, module = ''] = /Cannot find module '\/([^'\n]{1,1000})'/.exec(text) ?? [];
    if (project.paths.some((path) => /\.[cm]?tsx?$/.test(path) && isWithoutEnding(module, path)))
      return { kind: 'not_run', why: 'Node runs TypeScript only where imports name files with their ending (.ts)' };
    return findMissing(text);
  };
}

function isWithoutEnding(module: string, path: string): boolean {
  const stem = path.replace(/\.[cm]?tsx?$/, '');
  return [stem, `${stem}.js`].some((name) => module === name || module.endsWith(`/${name}`));
}
