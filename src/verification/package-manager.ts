import type { CheckedProject } from './checked-project.ts';
import type { PlannedInstall, RefusedInstall } from './planned-install.ts';

/** How the packages of one kind of project are fetched. */
export interface PackageManager {
  name: string;
  /** Undefined if the project needs none of its packages. */
  plan(project: CheckedProject): Promise<Omit<PlannedInstall, 'manager'> | Omit<RefusedInstall, 'manager'> | undefined>;
}
