import type { CheckRecipe } from '../check-recipe.ts';
import { isInside } from '../checked-project.ts';
import type { CheckObstacle } from '../planned-check.ts';
import { readCargo } from '../reports/read-cargo.ts';
import { inFolder } from '../shell-word.ts';

const test = /#\[(?:\w{1,40}::)?test\b/;

/** A Rust package: its tests, or whether it compiles if it has none. */
export const cargo: CheckRecipe = {
  name: 'cargo',
  async plan(project) {
    const files = await project.texts(/\.rs$/);
    return project.foldersWith('Cargo.toml').map((folder) => {
      const hasTests = files.some(({ path, text }) => isInside(path, folder) && test.test(text));
      const action = hasTests ? 'test --no-fail-fast' : 'check --all-targets';
      return {
        kind: hasTests ? 'tests' : 'build',
        command: inFolder(folder, `RUST_BACKTRACE=0 cargo ${action} --offline`),
        tools: ['cargo'],
        readResults: ({ output }) => readCargo(output),
        findObstacle: missingCrate,
      };
    });
  },
};

const notFound = /no matching package named `([\w-]{1,100})` found|failed to (?:download|get) `([\w-]{1,100})/;

function missingCrate(text: string): CheckObstacle | undefined {
  const [, named, fetched] = notFound.exec(text) ?? [];
  const name = named ?? fetched;
  return name === undefined ? undefined : { kind: 'missing_package', name };
}
