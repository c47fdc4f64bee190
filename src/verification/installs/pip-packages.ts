import { fileNameOf, folderOf, joinPath } from '../../files/names/path-parts.ts';
import type { CheckedProject } from '../checked-project.ts';
import type { PackageManager } from '../package-manager.ts';
import { pythonTests } from '../recipes/python-tests.ts';
import { shellWords } from '../shell-word.ts';
import { projectRequirements } from './project-requirements.ts';

/** Python itself and not the stand-in of a version manager, which tries to write into its own folders after an installation. */
const pip = `"$(python3 -c 'import sys; print(sys.executable)')" -m pip install`;
const quiet = '--no-input --disable-pip-version-check --progress-bar off';
const mostRequirements = 300;

/** The packages of `requirements.txt` and its like and of `pyproject.toml`, and pytest where tests need it. Only wheels: others run a program of the package. */
export const pipPackages: PackageManager = {
  name: 'pip',
  async plan(project) {
    const named = await requirementsOf(project);
    const isNamed = named.requirements.length > 0;
    const { pytest } = await pythonTests(project);
    if (pytest.length > 0 && !named.requirements.some((requirement) => /^pytest\b(?!-)/i.test(requirement))) {
      named.requirements.push('pytest');
      named.namedIn.push(pytest[0] ?? '');
    }
    const { namedIn, refused } = named;
    if (refused !== undefined) return { namedIn, refused };
    const requirements = [...new Set(named.requirements)];
    if (requirements.length === 0) return undefined;
    if (requirements.length > mostRequirements) return { namedIn, refused: `these are more than ${mostRequirements} packages` };
    return {
      namedIn,
      files: [{ path: 'requirements.txt', text: `${requirements.join('\n')}\n` }],
      // Programs import many packages under a name that differs from the index.
      covers: (name) => isNamed || name === 'pytest',
      tools: ['python3'],
      present: `${pip} --dry-run --no-index ${quiet} ${shellWords(requirements)}`,
      fetch: `${pip} ${quiet} --no-cache-dir --only-binary :all: --no-compile --target packages -r requirements.txt`,
      variables: (folder, { PYTHONPATH }) => ({ PYTHONPATH: [`${folder}/packages`, ...(PYTHONPATH ? [PYTHONPATH] : [])].join(':') }),
    };
  },
};

interface Named {
  requirements: string[];
  namedIn: string[];
  refused?: string | undefined;
}

const lists = /(?:^|\/)(?:[\w-]{0,40}requirements[\w-]{0,40}|requirements\/[\w-]{1,40})\.txt$/;

async function requirementsOf(project: CheckedProject): Promise<Named> {
  const named: Named = { requirements: [], namedIn: [] };
  const paths = project.find(lists);
  for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
    if (named.namedIn.includes(path)) continue;
    named.namedIn.push(path);
    for (const line of linesOf(await project.text(path))) {
      const included = /^(?:-r|--requirement)[ =]{1,5}([\w./-]{1,200})$/.exec(line)?.[1];
      if (included !== undefined) paths.push(...[joinPath(folderOf(path), included)].filter((other) => other !== undefined));
      else if (isOwn(line)) continue;
      else if (isPlain(line)) named.requirements.push(line);
      else named.refused ??= `'${line.slice(0, 100)}' in ${fileNameOf(path)} is no package of an index`;
    }
  }
  for (const { path, text } of await project.texts(/(?:^|\/)pyproject\.toml$/)) {
    const found = projectRequirements(text);
    if (found.length === 0) continue;
    named.namedIn.push(path);
    const foreign = found.find((requirement) => !isPlain(requirement));
    if (foreign === undefined) named.requirements.push(...found);
    else named.refused ??= `'${foreign.slice(0, 100)}' in ${fileNameOf(path)} is no package of an index`;
  }
  return named;
}

/** Without comments, hashes and line continuations. */
function linesOf(text: string): string[] {
  return text
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(/(?:^|\s)#.*/, '')
        .replaceAll(/\s--hash[ =]\S{1,200}/g, '')
        .trim(),
    )
    .filter((line) => line !== '');
}

/** The project itself, which is there anyway. */
function isOwn(line: string): boolean {
  return /^(?:-e|--editable)[ =]{1,5}\.(?:\[[\w,. -]{0,100}\])?$/.test(line) || line === '.';
}

/** A name, perhaps with extras, versions and a condition. Addresses and options are not accepted. */
const plain = /^[A-Za-z\d][\w.-]{0,100} ?(?:\[[\w,. -]{0,100}\])? ?(?:[(<>=!~][<>=!~\w.*+, -]{1,200}\)?)?(?:;[^;@]{1,300})?$/;

function isPlain(requirement: string): boolean {
  return plain.test(requirement);
}
