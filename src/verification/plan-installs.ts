import { hashContent } from '../utils/hash-content.ts';
import type { CheckedFiles } from './checked-files.ts';
import { CheckedProject } from './checked-project.ts';
import { cargoPackages } from './installs/cargo-packages.ts';
import { goModules } from './installs/go-modules.ts';
import { mavenArtifacts } from './installs/maven-artifacts.ts';
import { npmPackages } from './installs/npm-packages.ts';
import { pipPackages } from './installs/pip-packages.ts';
import type { PackageManager } from './package-manager.ts';
import type { InstallPlan } from './planned-install.ts';

/** One row for each package manager. */
const managers: readonly PackageManager[] = [npmPackages, pipPackages, goModules, cargoPackages, mavenArtifacts];

/** Which packages the checks of these files need; empty if none are named. */
export async function planInstalls(files: CheckedFiles): Promise<InstallPlan[]> {
  const project = new CheckedProject(files);
  const plans: InstallPlan[] = [];
  for (const manager of managers) {
    const found = await manager.plan(project);
    if (found !== undefined) plans.push({ manager: manager.name, ...found });
  }
  return plans;
}

/** Equal if the same packages are fetched in the same way. */
export function hashOfInstall(plan: InstallPlan): string {
  const said = 'refused' in plan ? [plan.refused] : [plan.fetch, plan.files];
  return hashContent(Buffer.from(JSON.stringify([plan.manager, ...said])));
}
