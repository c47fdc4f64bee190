import { checkRecipes } from './check-recipes.ts';
import type { CheckedFiles } from './checked-files.ts';
import { CheckedProject } from './checked-project.ts';
import { checkKinds, type PlannedCheck } from './planned-check.ts';
import { shellWord } from './shell-word.ts';

/** Which checks there are for these files, cheapest first; empty if nothing is recognised. */
export async function planChecks(files: CheckedFiles): Promise<PlannedCheck[]> {
  const project = new CheckedProject(files);
  const planned: PlannedCheck[] = [];
  for (const recipe of checkRecipes) for (const check of await recipe.plan(project)) planned.push({ recipe: recipe.name, ...check });
  return planned
    .map((check) => withFreshReport(check, files.paths))
    .toSorted((a, b) => checkKinds.indexOf(a.kind) - checkKinds.indexOf(b.kind));
}

/** Results that exist before the run do not count. */
function withFreshReport(check: PlannedCheck, paths: readonly string[]): PlannedCheck {
  if (check.report === undefined || !paths.includes(check.report)) return check;
  return { ...check, command: `rm -f ${shellWord(check.report)}; ${check.command}` };
}
