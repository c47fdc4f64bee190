import type { CheckRecipe } from '../check-recipe.ts';
import type { CheckedProject } from '../checked-project.ts';
import type { CheckObstacle } from '../planned-check.ts';
import { shellWords } from '../shell-word.ts';

const buildFiles = ['pom.xml', 'build.gradle', 'build.gradle.kts', 'build.xml'];

/** Checks that Java files without a build file compile together. */
export const javac: CheckRecipe = {
  name: 'javac',
  async plan(project) {
    const files = project.find(/\.java$/);
    if (files.length === 0 || buildFiles.some((name) => project.foldersWith(name).length > 0)) return [];
    const command = `javac -d "\${TMPDIR:-/tmp}"/multiagent-classes ${shellWords(files)}`;
    return [{ kind: 'build', command, tools: ['javac'], findObstacle: (text) => missingPackage(project, text) }];
  },
};

/** A package of Java that no file here declares. */
function missingPackage(project: CheckedProject, text: string): CheckObstacle | undefined {
  for (const [, name = ''] of text.matchAll(/error: package ([\w.]{1,200}) does not exist/g)) {
    const folder = `${name.replaceAll('.', '/')}/`;
    const isOwn = project.paths.some((path) => `/${path}`.includes(`/${folder}`));
    if (name.includes('.') && !isOwn) return { kind: 'missing_package', name };
  }
  return undefined;
}
