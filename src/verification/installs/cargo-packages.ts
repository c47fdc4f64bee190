import { isWhole } from '../checked-project.ts';
import type { PackageManager } from '../package-manager.ts';
import { inFolder } from '../shell-word.ts';

const dependencies = /^\[(?:workspace\.)?(?:target\.[^\]\n]{1,200}\.)?(?:dev-|build-)?dependencies\b/m;
/** Anything but the public registry. */
const elsewhere = /(?:^|[{,\s])(?:git|registry|registry-index)\s{0,10}=|^\[(?:patch|replace|source|registries)\b|"git\+/m;

/** The crates that each `Cargo.toml` names. Fetching runs none of their build scripts. */
export const cargoPackages: PackageManager = {
  name: 'cargo',
  async plan(project) {
    const manifests = (await project.texts(/(?:^|\/)Cargo\.(?:toml|lock)$/)).filter(isWhole);
    const naming = manifests.filter(({ path, text }) => path.endsWith('.toml') && dependencies.test(text));
    if (naming.length === 0) return undefined;
    const namedIn = naming.map(({ path }) => path);
    if (manifests.some(({ text }) => elsewhere.test(text))) return { namedIn, refused: 'it names crates that do not come from crates.io' };
    const each = (command: string) =>
      project
        .foldersWith('Cargo.toml')
        .map((folder) => `(${inFolder(folder, command)})`)
        .join(' && ');
    return {
      namedIn,
      // Cargo requires the files that it would compile to exist, but does not read them.
      files: [...manifests, ...project.find(/\.rs$/).map((path) => ({ path, text: '' }))],
      covers: () => true,
      tools: ['cargo'],
      present: each('cargo fetch --offline --quiet'),
      fetch: `export CARGO_HOME="$PWD/cargo"; ${each('cargo fetch --quiet')}`,
      variables: (folder) => ({ CARGO_HOME: `${folder}/cargo` }),
    };
  },
};
