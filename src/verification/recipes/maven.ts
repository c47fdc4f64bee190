import type { CheckRecipe } from '../check-recipe.ts';
import { isInside, pathIn } from '../checked-project.ts';
import type { CheckObstacle } from '../planned-check.ts';
import { readJUnit } from '../reports/read-junit.ts';
import { inFolder } from '../shell-word.ts';
import { testResults } from '../test-results.ts';

const report = '.multiagent-surefire.xml';

/** A Maven project: its tests, or whether it compiles if it has none. */
export const maven: CheckRecipe = {
  name: 'maven',
  async plan(project) {
    return project.foldersWith('pom.xml').map((folder) => {
      const hasTests = project.paths.some((path) => isInside(path, folder) && path.includes('src/test/') && path.endsWith('.java'));
      if (!hasTests)
        return { kind: 'build', command: inFolder(folder, 'mvn -o -B -q test-compile'), tools: ['mvn'], findObstacle: missingArtifact };
      // There is a report for each class; reports of an earlier run would be mistaken for new ones.
      const found = `find . -path '*/surefire-reports/TEST-*.xml'`;
      const command = `${found} -delete; mvn -o -B test; code=$?; ${found} -exec cat {} + > ${report}; exit $code`;
      return {
        kind: 'tests',
        command: inFolder(folder, `{ ${command}; }`),
        tools: ['mvn'],
        report: pathIn(folder, report),
        // Without a test class there is no report.
        readResults: (source) => (source.report === '' ? testResults([]) : readJUnit(source.report)),
        findObstacle: missingArtifact,
      };
    });
  },
};

const notFound: readonly RegExp[] = [
  /in offline mode and the artifact ([\w.:-]{1,300}) has not been downloaded/,
  /Could not find artifact ([\w.:-]{1,300})/,
  /package ((?:org\.junit|org\.mockito|org\.assertj|org\.hamcrest)[\w.]{0,200}) does not exist/,
];

function missingArtifact(text: string): CheckObstacle | undefined {
  for (const pattern of notFound) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined) return { kind: 'missing_package', name };
  }
  return undefined;
}
