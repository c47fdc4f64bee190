import { parseJson, valueAt } from '../../utils/parse-json.ts';
import type { CheckRecipe } from '../check-recipe.ts';
import { type CheckedProject, isInside, pathIn } from '../checked-project.ts';
import type { CheckObstacle } from '../planned-check.ts';
import { inFolder } from '../shell-word.ts';
import { missingJavaScriptPackage } from './javascript-tests.ts';

/** The types of a project that has a `tsconfig.json`, or TypeScript among its packages. */
export const typescriptTypes: CheckRecipe = {
  name: 'typescript types',
  async plan(project) {
    const configured = project.foldersWith('tsconfig.json');
    const plain: string[] = [];
    for (const folder of project.foldersWith('package.json'))
      if (!configured.includes(folder) && (await namesTypeScript(project, folder))) plain.push(folder);
    const commands = [
      ...configured.map((folder) => inFolder(folder, 'npx --no --offline tsc --noEmit --pretty false')),
      ...plain.map((folder) =>
        inFolder(
          folder,
          `npx --no --offline tsc --noEmit --pretty false --module nodenext --allowImportingTsExtensions --skipLibCheck $(find . -name node_modules -prune -o -name '*.ts' -print)`,
        ),
      ),
    ];
    return commands.map((command) => ({ kind: 'types', command, tools: ['node', 'npx'], findObstacle: typesObstacle(project) }));
  },
};

async function namesTypeScript(project: CheckedProject, folder: string): Promise<boolean> {
  const file = parseJson(await project.text(pathIn(folder, 'package.json')));
  const isNamed = ['dependencies', 'devDependencies'].some((key) => valueAt(file, [key, 'typescript']) !== undefined);
  return isNamed && project.paths.some((path) => path.endsWith('.ts') && isInside(path, folder));
}

/** Errors that are there whatever is installed: the syntax, and files of this project that are not there. */
const certain = /: error TS(?:1\d{3}:|2307: Cannot find module '\.)/;
const needsTypes = /Try `npm i --save-dev (@types\/[\w-]{1,100})/;
const typeDefinitions = /error TS2688: Cannot find type definition file for '([\w@/-]{1,100})'/;

/** Where a package is missing, what is wrong with the types may follow from that. */
function typesObstacle(project: CheckedProject): (text: string) => CheckObstacle | undefined {
  const findMissing = missingJavaScriptPackage(project);
  return (text) => {
    if (certain.test(text)) return undefined;
    const found = findMissing(text);
    if (found?.kind === 'missing_package' && found.name === 'tsc') return { kind: 'missing_package', name: 'typescript' };
    if (found !== undefined) return found;
    const name = needsTypes.exec(text)?.[1] ?? (typeDefinitions.test(text) ? `@types/${typeDefinitions.exec(text)![1]}` : undefined);
    return name === undefined ? undefined : { kind: 'missing_package', name };
  };
}
