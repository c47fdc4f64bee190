import type { PackageManager } from '../package-manager.ts';
import { inFolder } from '../shell-word.ts';

/** Maven loads extensions as programs of its own, and asks each repository that a project names. */
const elsewhere = /<(?:repositories|pluginRepositories|extensions)\b/;

/** By its whole name: `dependency:go-offline` would be looked for among the plugins of the project first. */
const goal = 'org.apache.maven.plugins:maven-dependency-plugin:go-offline';

/** The dependencies of each `pom.xml`, and the plugins that build it. */
export const mavenArtifacts: PackageManager = {
  name: 'maven',
  async plan(project) {
    const manifests = await project.texts(/(?:^|\/)pom\.xml$/);
    if (manifests.length === 0) return undefined;
    const namedIn = manifests.map(({ path }) => path);
    if (manifests.some(({ text }) => elsewhere.test(text))) return { namedIn, refused: 'it names repositories or extensions of its own' };
    const each = (command: string) =>
      project
        .foldersWith('pom.xml')
        .map((folder) => `(${inFolder(folder, command)})`)
        .join(' && ');
    return {
      namedIn,
      files: manifests,
      covers: () => true,
      tools: ['mvn'],
      present: each(`mvn -o -B -q ${goal}`),
      fetch: `repository="$PWD/repository"; ${each(`mvn -B -q "-Dmaven.repo.local=$repository" ${goal}`)}`,
      variables: (folder, { MAVEN_OPTS = '' }) => ({ MAVEN_OPTS: `${MAVEN_OPTS} -Dmaven.repo.local=${folder}/repository`.trim() }),
    };
  },
};
